using System.Text.Json.Nodes;
using Teams.Protocol.Activities;
using Teams.Protocol.Files;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Files;

public sealed class FileConsentTests
{
    [Fact]
    public void An_offer_looks_as_Teams_wants_it()
    {
        var offer = FileConsent.Offer(
            "result.csv",
            "Who was invited",
            123,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = "f1" }
        );

        Assert.True(
            WireFiles.AreSame(
                JsonNode.Parse(
                    """
                    {
                      "type": "message",
                      "summary": "Who was invited",
                      "attachments": [
                        {
                          "contentType": "application/vnd.microsoft.teams.card.file.consent",
                          "name": "result.csv",
                          "content": {
                            "description": "Who was invited",
                            "sizeInBytes": 123,
                            "acceptContext": { "id": "f1" },
                            "declineContext": { "id": "f1" }
                          }
                        }
                      ]
                    }
                    """
                ),
                JsonNode.Parse(offer.ToJson())
            )
        );
    }

    [Fact]
    public void An_uploaded_file_is_shown_where_it_lies()
    {
        var file = new FileUploadInfo(
            "x.csv",
            "https://contoso.sharepoint.com/up?t=secret",
            "https://contoso.sharepoint.com/x.csv",
            "u",
            "csv"
        );

        Assert.True(
            WireFiles.AreSame(
                JsonNode.Parse(
                    """
                    {
                      "type": "message",
                      "summary": "Your file is ready",
                      "attachments": [
                        {
                          "contentType": "application/vnd.microsoft.teams.card.file.info",
                          "contentUrl": "https://contoso.sharepoint.com/x.csv",
                          "name": "x.csv",
                          "content": { "uniqueId": "u", "fileType": "csv" }
                        }
                      ]
                    }
                    """
                ),
                JsonNode.Parse(FileConsent.Uploaded(file, "Your file is ready").ToJson())
            )
        );
    }

    [Fact]
    public void Name_and_place_of_a_file_survive_being_kept_before_they_are_sent()
    {
        var sent = FileConsent.Uploaded(new FileUploadInfo("x.csv", "https://h/up", "https://h/x.csv", "u", "csv"), "Ready").ToJson();

        Assert.Equal(sent, OutgoingActivity.FromJson(sent).ToJson());
    }

    [Fact]
    public void A_yes_tells_where_the_file_goes()
    {
        var activity = Activity.FromJson(WireFiles.Read("Inbound", "invoke-fileconsent-accept").Request!.ToJsonString())!;

        var answer = FileConsent.From(activity)!;

        Assert.True(answer.IsAccepted);
        Assert.Equal("f1", answer.Context.GetProperty("id").GetString());
        Assert.Equal(
            new FileUploadInfo("x.txt", "https://contoso.sharepoint.com/up", "https://contoso.sharepoint.com/x.txt", "u", "txt"),
            answer.Upload
        );
    }

    [Fact]
    public void A_no_is_a_no()
    {
        var answer = FileConsent.From(Answered("""{"type":"fileUpload","action":"decline","context":{"id":"f1"}}"""))!;

        Assert.False(answer.IsAccepted);
        Assert.Equal("f1", answer.Context.GetProperty("id").GetString());
    }

    [Fact]
    public void A_no_stays_a_no_whatever_comes_with_it() =>
        Assert.False(
            FileConsent
                .From(
                    Answered(
                        """{"action":"decline","uploadInfo":{"uploadUrl":"https://contoso.sharepoint.com/up","contentUrl":"https://x","name":"x"}}"""
                    )
                )!
                .IsAccepted
        );

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"action":1}""")]
    [InlineData("""{"action":"ACCEPT"}""")]
    [InlineData("""{"action":"accept"}""")]
    [InlineData("""{"action":"accept","uploadInfo":null}""")]
    [InlineData("""{"action":"accept","uploadInfo":[]}""")]
    [InlineData("""{"action":"accept","uploadInfo":{"uploadUrl":5,"contentUrl":"https://x","name":"x"}}""")]
    [InlineData("""{"action":"accept","uploadInfo":{"uploadUrl":"","contentUrl":"https://x","name":"x"}}""")]
    [InlineData("""{"action":"accept","uploadInfo":{"contentUrl":"https://x","name":"x"}}""")]
    public void Anything_else_is_no_answer(string value) => Assert.Null(FileConsent.From(Answered(value)));

    [Fact]
    public void A_message_is_no_answer() =>
        Assert.Null(
            FileConsent.From(
                new Activity
                {
                    Type = "message",
                    Name = FileConsent.InvokeName,
                    Value = WireFiles.Element("""{"action":"decline"}"""),
                }
            )
        );

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"f1\"")]
    public void A_context_that_is_no_object_is_an_empty_one(string context) =>
        Assert.Equal("{}", FileConsent.From(Answered($$"""{"action":"decline","context":{{context}}}"""))!.Context.GetRawText());

    [Fact]
    public void The_permission_to_upload_does_not_get_into_a_log() =>
        Assert.DoesNotContain(
            "secret",
            new FileUploadInfo("x", "https://h/?t=secret", "https://h/secret", "u", "csv").ToString(),
            StringComparison.Ordinal
        );

    private static Activity Answered(string value) =>
        new()
        {
            Type = "invoke",
            Name = FileConsent.InvokeName,
            Value = WireFiles.Element(value),
        };
}
