using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Teams.Protocol.Files;

namespace Teams.Protocol.Tests.Files;

public sealed class FileDownloaderTests : FileWorld
{
    [Fact]
    public async Task A_file_is_fetched_with_its_url_alone()
    {
        using var downloader = new FileDownloader(Loopback, Clock);

        var file = await downloader.DownloadAsync(Url, 1000, CancellationToken.None);

        Assert.Equal("email\nalice@example.com\n", Encoding.UTF8.GetString(file.Span));
        var (request, headers) = Assert.Single(Requests);
        Assert.Equal("GET /files/1?tempauth=secret", request);
        Assert.Equal(["Host"], headers.Keys);
    }

    [Fact]
    public async Task Cookies_of_one_file_are_not_sent_for_the_next()
    {
        Answer = context =>
        {
            context.Response.Cookies.Append("who", "bot");
            return Task.CompletedTask;
        };
        using var downloader = new FileDownloader(Loopback, Clock);

        await downloader.DownloadAsync(Url, 1000, CancellationToken.None);
        await downloader.DownloadAsync(Url, 1000, CancellationToken.None);

        Assert.All(Requests, request => Assert.False(request.Headers.ContainsKey("Cookie")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a url")]
    [InlineData("http://contoso.sharepoint.com/x")]
    [InlineData("https://contoso.sharepoint.com.evil.com/x")]
    [InlineData("https://contoso.sharepoint.com:8443/x")]
    [InlineData("https://user@contoso.sharepoint.com/x")]
    [InlineData("https://10.0.0.1/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("file:///etc/passwd")]
    public async Task A_url_that_files_do_not_come_from_is_not_even_looked_up(string url)
    {
        var lookUps = 0;
        using var downloader = new FileDownloader(
            SharePoint,
            Clock,
            (_, _) =>
            {
                lookUps++;
                return Task.FromResult<IPAddress[]>([]);
            }
        );

        Assert.Equal(FileFault.NotAllowed, (await FailAsync(downloader, url)).Kind);
        Assert.Equal(0, lookUps);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1", "13.107.136.10")]
    [InlineData("13.107.136.10", "127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::1")]
    [InlineData("169.254.169.254")]
    [InlineData()]
    public async Task An_allowed_name_that_means_an_inner_address_is_not_connected_to(params string[] addresses)
    {
        using var downloader = new FileDownloader(SharePoint, Clock, Means(addresses));

        Assert.Equal(FileFault.NotAllowed, (await FailAsync(downloader, "https://contoso.sharepoint.com/x?tempauth=secret")).Kind);
        Assert.Empty(Requests);
    }

    [Theory]
    [InlineData("13.107.136.10")]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1", "10.0.0.1")]
    public async Task Localhost_means_this_machine_and_nothing_else(params string[] addresses)
    {
        using var downloader = new FileDownloader(Loopback, Clock, Means(addresses));

        Assert.Equal(FileFault.NotAllowed, (await FailAsync(downloader, OnLocalhost)).Kind);
        Assert.Empty(Requests);
    }

    [Fact]
    public async Task A_name_that_means_something_else_at_the_next_connection_is_refused_then()
    {
        Answer = context =>
        {
            context.Response.Headers.Connection = "close";
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        var answers = new Queue<string>(["127.0.0.1", "10.0.0.1"]);
        using var downloader = new FileDownloader(Loopback, Clock, (name, token) => Means(answers.Dequeue())(name, token));

        Assert.Equal(FileFault.NotAllowed, (await FailAsync(downloader, OnLocalhost)).Kind);
        Assert.Single(Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Three_redirects_on_the_same_host_are_followed(int status)
    {
        Answer = RedirectTimes(3, status);
        using var downloader = new FileDownloader(Loopback, Clock);

        var file = await downloader.DownloadAsync(Url, 1000, CancellationToken.None);

        Assert.Equal("there", Encoding.UTF8.GetString(file.Span));
        Assert.Equal(4, Requests.Count);
    }

    [Fact]
    public async Task A_fourth_redirect_is_not()
    {
        Answer = RedirectTimes(4, 302);
        using var downloader = new FileDownloader(Loopback, Clock);

        Assert.Equal((FileFault.Unavailable, 302), KindAndStatus(await FailAsync(downloader, Url)));
        Assert.Equal(4, Requests.Count);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("//evil.com/x")]
    [InlineData("https://login.microsoftonline.com/")]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://localhost:{port}/files/2")]
    [InlineData("https://127.0.0.1:{port}/")]
    [InlineData("http://user@127.0.0.1:{port}/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://[")]
    [InlineData("")]
    public async Task A_redirect_to_anywhere_else_is_refused(string location)
    {
        Answer = context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = location.Replace("{port}", $"{Port}", StringComparison.Ordinal);
            return Task.CompletedTask;
        };
        using var downloader = new FileDownloader(Loopback, Clock);

        Assert.Equal(FileFault.NotAllowed, (await FailAsync(downloader, Url)).Kind);
        Assert.Single(Requests);
    }

    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(101, 100, false)]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, false)]
    public async Task A_file_may_be_as_large_as_asked_for_and_no_larger(int size, int most, bool isTaken)
    {
        foreach (var announced in (bool[])[true, false])
        {
            Answer = async context =>
            {
                context.Response.ContentLength = announced ? size : null;
                await context.Response.StartAsync();
                await context.Response.Body.WriteAsync(new byte[size]);
            };
            using var downloader = new FileDownloader(Loopback, Clock);

            if (isTaken)
            {
                Assert.Equal(size, (await downloader.DownloadAsync(Url, most, CancellationToken.None)).Length);
            }
            else
            {
                Assert.Equal(FileFault.TooBig, (await FailAsync(downloader, Url, most)).Kind);
            }
        }
    }

    [Fact]
    public async Task A_file_without_end_is_given_up_soon()
    {
        var isGone = new TaskCompletionSource();
        Answer = async context =>
        {
            context.RequestAborted.Register(() => isGone.TrySetResult());
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[4096]);
            }
        };
        using var downloader = new FileDownloader(Loopback, Clock);

        Assert.Equal(FileFault.TooBig, (await FailAsync(downloader, Url, 10_000)).Kind);
        await isGone.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_twenty_seconds_it_is_given_up(bool afterTheFirstBytes)
    {
        var arrived = new TaskCompletionSource();
        Answer = async context =>
        {
            if (afterTheFirstBytes)
            {
                await context.Response.Body.WriteAsync(new byte[10]);
                await context.Response.Body.FlushAsync();
            }

            arrived.SetResult();
            await HangAsync(context);
        };
        using var downloader = new FileDownloader(Loopback, Clock);

        var failing = FailAsync(downloader, Url);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Clock.Advance(TimeSpan.FromSeconds(19.9));
        Assert.False(failing.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(FileFault.TooSlow, (await failing).Kind);
    }

    [Fact]
    public async Task Who_gives_up_first_gets_their_own_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        Answer = async context =>
        {
            await cancel.CancelAsync();
            await HangAsync(context);
        };
        using var downloader = new FileDownloader(Loopback, Clock);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => downloader.DownloadAsync(Url, 1000, cancel.Token));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(304)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Any_other_answer_is_no_file(int status)
    {
        Answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        using var downloader = new FileDownloader(Loopback, Clock);

        Assert.Equal((FileFault.Unavailable, status), KindAndStatus(await FailAsync(downloader, Url)));
    }

    [Fact]
    public async Task Half_a_file_is_no_file()
    {
        Answer = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.Body.WriteAsync(new byte[50]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        using var downloader = new FileDownloader(Loopback, Clock);

        Assert.Equal(FileFault.Unavailable, (await FailAsync(downloader, Url)).Kind);
    }

    [Fact]
    public async Task Nobody_there_is_told_apart_from_not_allowed()
    {
        using var downloader = new FileDownloader(Loopback, Clock);

        Assert.Equal(FileFault.Unavailable, (await FailAsync(downloader, "http://127.0.0.1:1/x?tempauth=secret")).Kind);
    }

    private static (FileFault, int?) KindAndStatus(FileDownloadException failure) => (failure.Kind, failure.Status);

    private static RequestDelegate RedirectTimes(int times, int status)
    {
        var left = times;
        return context =>
        {
            if (left-- == 0)
            {
                return context.Response.WriteAsync("there");
            }

            context.Response.StatusCode = status;
            context.Response.Headers.Location = $"/files/{left}?tempauth=other";
            return Task.CompletedTask;
        };
    }

    /// <summary>Every failure is told without the URL, all the way down.</summary>
    private static async Task<FileDownloadException> FailAsync(FileDownloader downloader, string url, long mostBytes = 1000)
    {
        var failure = await Assert.ThrowsAsync<FileDownloadException>(() =>
            downloader.DownloadAsync(url, mostBytes, CancellationToken.None)
        );
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("sharepoint", failure.Message, StringComparison.Ordinal);
        Assert.Null(failure.InnerException);
        return failure;
    }
}
