using DocSpaceBot.Links;

namespace DocSpaceBot.Tests.Links;

public sealed class PortalAddressTests
{
    [Theory]
    [InlineData("https://docspace.example.com/s/abcDEF_-1")]
    [InlineData("http://127.0.0.1:8092/s/abc")]
    [InlineData("https://[::1]:8092/s/abc")]
    [InlineData("https://docspace.example.com/confirm/LinkInvite?type=LinkInvite&key=1.A&emplType=4")]
    public void An_address_of_a_web_page_is_handed_out(string url) => Assert.True(PortalAddress.IsWeb(url));

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("/s/abc")]
    [InlineData("//evil.example/s/abc")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,hello")]
    [InlineData("file:///etc/passwd")]
    [InlineData("msteams:/l/chat/0/0?users=mallory@example.com")]
    [InlineData("https://docspace.example.com@evil.example/s/abc")]
    [InlineData("https://docspace.example.com\\@evil.example/s/abc")]
    [InlineData("https://docspace.example.com/s/abc> [Sign in](https://evil.example")]
    [InlineData("https://docspace.example.com/s/abc \"title\"")]
    [InlineData("https://docspace.example.com/s/a\nb")]
    [InlineData("https://docspace.example.com/s/\u202Eabc")]
    public void Nothing_else_is(string url) => Assert.False(PortalAddress.IsWeb(url));

    [Fact]
    public void One_without_an_end_is_not() => Assert.False(PortalAddress.IsWeb("https://docspace.example.com/" + new string('a', 3000)));
}
