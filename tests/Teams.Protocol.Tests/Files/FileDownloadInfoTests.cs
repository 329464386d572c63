using Microsoft.Extensions.DependencyInjection;
using Teams.Protocol.Activities;
using Teams.Protocol.Files;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Files;

public sealed class FileDownloadInfoTests
{
    [Fact]
    public void A_message_tells_where_its_file_is()
    {
        var activity = Activity.FromJson(WireFiles.Read("Inbound", "message-file-download-info").Request!.ToJsonString())!;

        Assert.Equal(
            [new FileDownloadInfo("a.txt", "https://contoso.sharepoint.com/download?UniqueId=u&tempauth=t", "txt", "u")],
            FileDownloadInfo.From(activity)
        );
    }

    [Fact]
    public void Several_files_come_in_their_order_and_the_rich_text_is_none_of_them()
    {
        var files = FileDownloadInfo.From(
            Message(
                new() { ContentType = "text/html", Content = WireFiles.Element("\"<p>here</p>\"") },
                File("b.csv", """{"downloadUrl":"https://contoso.sharepoint.com/b"}"""),
                new() { ContentType = "image/png", ContentUrl = "https://smba.trafficmanager.net/picture" },
                File("a.csv", """{"downloadUrl":"https://contoso.sharepoint.com/a"}""")
            )
        );

        Assert.Equal(["b.csv", "a.csv"], files.Select(file => file.Name));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"https://contoso.sharepoint.com/a\"")]
    [InlineData("{}")]
    [InlineData("""{"downloadUrl":""}""")]
    [InlineData("""{"downloadUrl":{"x":1}}""")]
    public void A_malformed_file_is_left_out(string content) => Assert.Empty(FileDownloadInfo.From(Message(File("a.csv", content))));

    [Fact]
    public void Nothing_attached_is_no_file() => Assert.Empty(FileDownloadInfo.From(new Activity { Type = "message" }));

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\x\\people.csv", "people.csv")]
    [InlineData("people\r\n.csv", "people.csv")]
    [InlineData(null, "")]
    public void A_name_is_only_a_name(string? sent, string name) =>
        Assert.Equal(
            name,
            FileDownloadInfo.From(Message(File(sent, """{"downloadUrl":"https://contoso.sharepoint.com/a"}"""))).Single().Name
        );

    [Fact]
    public void The_permission_to_download_does_not_get_into_a_log() =>
        Assert.DoesNotContain(
            "secret",
            new FileDownloadInfo("a", "https://h/?tempauth=secret", "csv", "u").ToString(),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task The_product_gets_both_directions_from_its_services()
    {
        await using var openId = await OpenIdStandIn.StartAsync();
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(openId));

        Assert.NotNull(bot.Services.GetRequiredService<FileDownloader>());
        Assert.NotNull(bot.Services.GetRequiredService<FileUploader>());
    }

    private static Activity Message(params Attachment[] attachments) => new() { Type = "message", Attachments = attachments };

    private static Attachment File(string? name, string content) =>
        new()
        {
            ContentType = FileDownloadInfo.ContentType,
            Name = name,
            Content = WireFiles.Element(content),
        };
}
