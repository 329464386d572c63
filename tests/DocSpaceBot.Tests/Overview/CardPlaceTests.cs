using DocSpaceBot.Overview;

namespace DocSpaceBot.Tests.Overview;

public sealed class CardPlaceTests
{
    [Theory]
    [InlineData(
        "channel",
        "19:abc@thread.tacv2;messageid=1700000000000",
        "1700000000001",
        "https://teams.microsoft.com/l/message/19%3Aabc%40thread.tacv2/1700000000001?tenantId=tenant&parentMessageId=1700000000000"
    )]
    [InlineData(
        "channel",
        "19:abc@thread.tacv2",
        "1700000000001",
        "https://teams.microsoft.com/l/message/19%3Aabc%40thread.tacv2/1700000000001?tenantId=tenant&parentMessageId=1700000000001"
    )]
    [InlineData(
        "groupChat",
        "19:abc@thread.v2",
        "1700000000001",
        "https://teams.microsoft.com/l/message/19%3Aabc%40thread.v2/1700000000001?tenantId=tenant&context=%7B%22contextType%22%3A%22chat%22%7D"
    )]
    public void A_message_in_a_channel_or_group_has_a_link(string type, string conversation, string message, string link) =>
        Assert.Equal(link, CardPlace.LinkTo("tenant", type, conversation, message));

    [Theory]
    [InlineData("personal", "a:1abc", "1700000000001")]
    [InlineData("personal", "19:abc@unq.gbl.spaces", "1700000000001")]
    [InlineData("groupChat", "a:1abc", "1700000000001")]
    [InlineData("groupChat", "19:abc@thread.v2", "f:1700000000001")]
    [InlineData("groupChat", "19:abc@thread.v2", "")]
    [InlineData("groupChat", "19:abc@thread.v2", "-1700000000001")]
    [InlineData("something", "19:abc@thread.v2", "1700000000001")]
    public void Where_no_client_would_find_it_there_is_none(string type, string conversation, string message) =>
        Assert.Null(CardPlace.LinkTo("tenant", type, conversation, message));

    [Fact]
    public void Whatever_stands_in_an_id_cannot_leave_its_part_of_the_link() =>
        Assert.Equal(
            "https://teams.microsoft.com/l/message/19%3Ax%29%5D%28https%3A%2F%2Fevil.example%2F%3F%26%23/17?tenantId=t%26a%3Db&parentMessageId=17",
            CardPlace.LinkTo("t&a=b", "channel", "19:x)](https://evil.example/?&#;messageid=18);messageid=x", "17")
        );
}
