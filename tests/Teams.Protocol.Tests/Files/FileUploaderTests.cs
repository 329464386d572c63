using Teams.Protocol.Files;

namespace Teams.Protocol.Tests.Files;

public sealed class FileUploaderTests : FileWorld
{
    private static readonly byte[] Content = "e-mail\r\n"u8.ToArray();

    [Fact]
    public async Task The_whole_file_goes_in_one_request_without_a_token()
    {
        byte[]? received = null;
        Answer = async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received = body.ToArray();
            context.Response.StatusCode = 201;
        };
        using var uploader = new FileUploader(Loopback, Clock);

        await uploader.UploadAsync(Url, Content, CancellationToken.None);

        Assert.Equal(Content, received);
        var (request, headers) = Assert.Single(Requests);
        Assert.Equal("PUT /files/1?tempauth=secret", request);
        Assert.Equal("bytes 0-7/8", headers.ContentRange);
        Assert.Equal(8, headers.ContentLength);
        Assert.Equal(["Content-Length", "Content-Range", "Content-Type", "Host"], headers.Keys.Order());
    }

    [Theory]
    [InlineData("https://evil.com/up")]
    [InlineData("http://contoso.sharepoint.com/up")]
    [InlineData("https://contoso.sharepoint.com/up")]
    public async Task Nothing_is_sent_to_a_place_that_is_not_allowed(string url)
    {
        using var uploader = new FileUploader(SharePoint, Clock, Means("127.0.0.1"));

        Assert.Equal(FileFault.NotAllowed, (await FailAsync(uploader, url)).Kind);
        Assert.Empty(Requests);
    }

    [Theory]
    [InlineData(202, FileFault.Unavailable)]
    [InlineData(307, FileFault.Unavailable)]
    [InlineData(401, FileFault.Unavailable)]
    [InlineData(413, FileFault.TooBig)]
    [InlineData(416, FileFault.Unavailable)]
    [InlineData(507, FileFault.Unavailable)]
    public async Task Only_success_counts_and_a_redirect_is_not_followed(int status, FileFault kind)
    {
        Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        using var uploader = new FileUploader(Loopback, Clock);

        var failure = await FailAsync(uploader, Url);

        Assert.Equal((kind, status), (failure.Kind, failure.Status));
        Assert.Single(Requests);
    }

    [Fact]
    public async Task After_twenty_seconds_it_is_given_up()
    {
        var arrived = new TaskCompletionSource();
        Answer = async context =>
        {
            arrived.SetResult();
            await HangAsync(context);
        };
        using var uploader = new FileUploader(Loopback, Clock);

        var failing = FailAsync(uploader, Url);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(FileFault.TooSlow, (await failing).Kind);
    }

    [Fact]
    public async Task An_empty_file_is_not_even_tried()
    {
        using var uploader = new FileUploader(Loopback, Clock);

        await Assert.ThrowsAsync<ArgumentException>(() => uploader.UploadAsync(Url, default, CancellationToken.None));
    }

    private static async Task<FileUploadException> FailAsync(FileUploader uploader, string url)
    {
        var failure = await Assert.ThrowsAsync<FileUploadException>(() => uploader.UploadAsync(url, Content, CancellationToken.None));
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        return failure;
    }
}
