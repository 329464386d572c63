using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Links;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Links;

public sealed class PortalLinkTextTests
{
    private const string Host = "docspace.example.com";
    private const string Short = $"https://{Host}/s/abcDEF123-_4567";
    private const string Long = $"https://{Host}/confirm/LinkInvite?type=LinkInvite&key=532965600000.HASH&uid=1&emplType=4";

    private static readonly Uri Portal = new($"https://{Host}");

    [Theory]
    [InlineData($"https://{Host}", Short)]
    [InlineData($"https://{Host}/", Short)]
    [InlineData($"https://{Host}:443/", Short)]
    [InlineData($"https://{Host}", "HTTPS://DocSpace.Example.COM/s/abcDEF123-_4567")]
    [InlineData($"https://{Host}", $"https://{Host}:443/s/abcDEF123-_4567")]
    [InlineData($"https://{Host}", $"http://{Host}/s/abcDEF123-_4567")]
    [InlineData($"https://{Host}", $"{Short}?x=1&y=https://other.example/#there")]
    [InlineData($"https://{Host}", $"{Short}?")]
    [InlineData($"https://{Host}:8443", $"https://{Host}:8443/s/abcDEF123-_4567")]
    [InlineData($"https://{Host}:8443", $"http://{Host}:8443/s/abcDEF123-_4567")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/s/abcDEF123-_4567")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000/s/abcDEF123-_4567")]
    [InlineData($"https://{Host}/office", $"https://{Host}/office/s/abcDEF123-_4567")]
    [InlineData($"https://{Host}/office/", $"https://{Host}/office/s/abcDEF123-_4567")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example/s/abcDEF123-_4567")]
    public void A_short_link_of_the_portal(string portal, string url)
    {
        var link = PortalLinkText.Read(new Uri(portal), url)!;

        Assert.Equal("abcDEF123-_4567", link.Code);
        Assert.Equal("abcDEF123-_4567", link.Canonical);
        Assert.Equal((null, null, null, false, false), (link.Key, link.Role, link.MadeAt, link.IsPersonal, link.IntoRoom));
    }

    [Fact]
    public void A_long_link_of_the_portal()
    {
        var link = PortalLinkText.Read(Portal, Long)!;

        Assert.Null(link.Code);
        Assert.Equal("532965600000.HASH", link.Key);
        Assert.Equal("532965600000.HASH", link.Canonical);
        Assert.Equal(DocSpaceRole.User, link.Role);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 14, 0, 0, TimeSpan.Zero), link.MadeAt);
        Assert.False(link.IsPersonal);
        Assert.False(link.IntoRoom);
    }

    [Theory]
    [InlineData($"http://{Host}/confirm/linkinvite?key=k&type=linkinvite", "k")]
    [InlineData($"https://{Host}/confirm/LinkInvite?type=LinkInvite&key=aB-_%3D#x", "aB-_=")]
    [InlineData($"https://{Host}/confirm/LinkInvite?&&type=LinkInvite&x&key=k=k&", "k=k")]
    public void A_key_is_read_as_the_portal_reads_it(string url, string key) =>
        Assert.Equal((null, key, key), (PortalLinkText.Read(Portal, url)!.Code, PortalLinkText.Read(Portal, url)!.Key, Canonical(url)));

    [Fact]
    public void Links_that_differ_in_case_are_two() =>
        Assert.NotEqual(Canonical($"https://{Host}/s/abc"), Canonical($"https://{Host}/s/ABC"));

    [Theory]
    [InlineData("1", DocSpaceRole.RoomAdmin)]
    [InlineData("2", DocSpaceRole.Guest)]
    [InlineData("3", DocSpaceRole.DocSpaceAdmin)]
    [InlineData("4", DocSpaceRole.User)]
    [InlineData("guest", DocSpaceRole.Guest)]
    [InlineData("0", null)]
    [InlineData("All", null)]
    [InlineData("5", null)]
    [InlineData("-1", null)]
    [InlineData("1,2", null)]
    [InlineData("User, Guest", null)]
    [InlineData("", null)]
    [InlineData("4&emplType=1", null)]
    [InlineData("4&EMPLTYPE=4", null)]
    public void Only_what_is_a_role_is_believed(string role, DocSpaceRole? expected) =>
        Assert.Equal(expected, PortalLinkText.Read(Portal, Long.Replace("emplType=4", $"emplType={role}", StringComparison.Ordinal))?.Role);

    [Theory]
    [InlineData("0.H", "2010-01-01T00:00:00Z")]
    [InlineData("2840140799999.H", "2099-12-31T23:59:59.999Z")]
    [InlineData("2840140800000.H", null)]
    [InlineData("99999999999999999999999.H", null)]
    [InlineData("-1.H", null)]
    [InlineData("5e3.H", null)]
    [InlineData("532965600000", null)]
    [InlineData("532965600000.", null)]
    [InlineData(".H", null)]
    [InlineData("aGVsbG8gd29ybGQ", null)]
    public void Only_a_plausible_time_is_believed(string key, string? expected) =>
        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
            PortalLinkText.Read(Portal, $"https://{Host}/confirm/LinkInvite?type=LinkInvite&key={key}")!.MadeAt
        );

    [Theory]
    [InlineData("&encemail=abc%3D%3D", true, false)]
    [InlineData("&encemail=", false, false)]
    [InlineData("&encemail=a&encemail=b", false, false)]
    [InlineData("&roomId=17", false, true)]
    [InlineData("&roomId=sbox-12-ab", false, true)]
    [InlineData("&roomId=", false, false)]
    [InlineData("&roomId=<b>", false, false)]
    [InlineData("&roomId=1&roomid=2", false, false)]
    public void Whom_and_where_to_it_leads(string more, bool isPersonal, bool intoRoom)
    {
        var link = PortalLinkText.Read(Portal, Long + more)!;

        Assert.Equal((isPersonal, intoRoom), (link.IsPersonal, link.IntoRoom));
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData($"https://{Host}")]
    [InlineData($"https://{Host}/")]
    [InlineData($"https://{Host}/s/")]
    [InlineData($"https://{Host}/s/?abc")]
    [InlineData($"https://{Host}/s/abc/")]
    [InlineData($"https://{Host}/s/abc.def")]
    [InlineData($"https://{Host}/s/abc/def")]
    [InlineData($"https://{Host}//s/abc")]
    [InlineData($"https://{Host}/x/../s/abc")]
    [InlineData($"https://{Host}/%73/abc")]
    [InlineData($"https://{Host}/s%2Fabc")]
    [InlineData($"https://{Host}/s/a%62c")]
    [InlineData($"https://{Host}/s/abс")]
    [InlineData($"https://{Host}/rooms/shared")]
    [InlineData($"https://{Host}/confirm/LinkInvite")]
    [InlineData($"https://{Host}/confirm/LinkInvite?key=k")]
    [InlineData($"https://{Host}/confirm/LinkInvite?type=LinkInvite")]
    [InlineData($"https://{Host}/confirm/LinkInvite?type=LinkInvite&key=")]
    [InlineData($"https://{Host}/confirm/LinkInvite?type=LinkInvite&key=%20")]
    [InlineData($"https://{Host}/confirm/LinkInvite?type=LinkInvite&key=a%0Ab")]
    [InlineData($"https://{Host}/confirm/LinkInvite?type=LinkInvite&key=a&key=b")]
    [InlineData($"https://{Host}/confirm/LinkInvite?type=LinkInvite&key=a&%6bEY=b")]
    [InlineData($"https://{Host}/confirm/LinkInvite?type=LinkInvite&type=Activation&key=a")]
    [InlineData($"https://{Host}/confirm/Activation?type=Activation&key=a")]
    [InlineData($"https://{Host}/confirm/LinkInvite/x?type=LinkInvite&key=a")]
    [InlineData($"https://{Host}/confirm/LinkInvite#?type=LinkInvite&key=a")]
    [InlineData($"ftp://{Host}/s/abc")]
    [InlineData($"//{Host}/s/abc")]
    [InlineData($"{Host}/s/abc")]
    [InlineData($" https://{Host}/s/abc")]
    [InlineData($"https:/{Host}/s/abc")]
    [InlineData($"https:\\\\{Host}\\s\\abc")]
    public void Anything_else_is_left_alone(string url) => Assert.Null(PortalLinkText.Read(Portal, url));

    [Theory]
    [InlineData($"https://{Host}./s/abc")]
    [InlineData($"https://{Host}:444/s/abc")]
    [InlineData($"https://{Host}:4430/s/abc")]
    [InlineData($"https://{Host}:0443/s/abc")]
    [InlineData($"https://{Host}:/s/abc")]
    [InlineData($"https://{Host}:443@evil.example/s/abc")]
    [InlineData($"https://{Host}@evil.example/s/abc")]
    [InlineData($"https://evil@{Host}/s/abc")]
    [InlineData($"https://{Host}\\@evil.example/s/abc")]
    [InlineData($"https://{Host}%2Fs%2Fabc@evil.example/s/abc")]
    [InlineData($"https://{Host}.evil.example/s/abc")]
    [InlineData($"https://evil.{Host}/s/abc")]
    [InlineData("https://example.com/s/abc")]
    [InlineData("https://docspace-example.com/s/abc")]
    [InlineData("https://d\u043Ecspace.example.com/s/abc")]
    [InlineData("https://doc\u017Fpace.example.com/s/abc")]
    [InlineData("https://docspace.example.com\u3002evil.example/s/abc")]
    [InlineData("https://xn--dcspace-0gb.example.com/s/abc")]
    [InlineData("https://docspace%2Eexample.com/s/abc")]
    [InlineData("https://docspace.exam\tple.com/s/abc")]
    [InlineData("https://docspace.exam\nple.com/s/abc")]
    [InlineData("https://docspace.exam\u200Bple.com/s/abc")]
    [InlineData("\u017Fttps://docspace.example.com/s/abc")]
    public void Another_host_is_left_alone_however_alike_it_looks(string url)
    {
        Assert.Null(PortalLinkText.Read(Portal, url));
        Assert.Null(PortalLinkText.FindIn(Portal, $"See {url} please"));
    }

    [Fact]
    public void A_portal_without_encryption_is_another_than_one_with_it()
    {
        Assert.Null(PortalLinkText.Read(new Uri("http://127.0.0.1:5000"), "https://127.0.0.1:5000/s/abc"));
        Assert.Null(PortalLinkText.Read(new Uri("http://127.0.0.1"), "http://127.0.0.1:5000/s/abc"));
        Assert.Null(PortalLinkText.Read(new Uri("http://127.0.0.1:5000"), "http://127.0.0.1/s/abc"));
        Assert.Null(PortalLinkText.Read(new Uri($"https://{Host}:8443"), $"http://{Host}/s/abc"));
    }

    [Fact]
    public void Beside_the_portals_own_path_there_is_something_else()
    {
        var portal = new Uri($"https://{Host}/office");

        Assert.Null(PortalLinkText.Read(portal, $"https://{Host}/s/abc"));
        Assert.Null(PortalLinkText.Read(portal, $"https://{Host}/officer/s/abc"));
        Assert.Null(PortalLinkText.Read(portal, $"https://{Host}/Office/s/abc"));
        Assert.Null(PortalLinkText.Read(portal, $"https://{Host}/office/../s/abc"));
    }

    [Fact]
    public void A_code_has_64_letters_and_a_link_8192_at_most()
    {
        Assert.NotNull(PortalLinkText.Read(Portal, $"https://{Host}/s/{new string('a', 64)}"));
        Assert.Null(PortalLinkText.Read(Portal, $"https://{Host}/s/{new string('a', 65)}"));
        Assert.NotNull(PortalLinkText.Read(Portal, Short + "?".PadRight(8192 - Short.Length, 'x')));
        Assert.Null(PortalLinkText.Read(Portal, Short + "?".PadRight(8193 - Short.Length, 'x')));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("Join us: {0}")]
    [InlineData("Link:{0}")]
    [InlineData("({0})")]
    [InlineData("<{0}>")]
    [InlineData("“{0}”")]
    [InlineData("'{0}'")]
    [InlineData("{0}.")]
    [InlineData("{0}, then say hello!")]
    [InlineData("{0}!?…")]
    [InlineData("Have you seen {0}?")]
    [InlineData("{0}\nand more")]
    [InlineData("{0}\u00A0and more")]
    [InlineData("{0}。")]
    [InlineData("**{0}**")]
    [InlineData("_{0}_")]
    [InlineData("__{0}__")]
    [InlineData("~~{0}~~")]
    [InlineData("`{0}`")]
    [InlineData("[Join]({0})")]
    [InlineData("[{0}]({0})")]
    [InlineData("[Join]({0} \"now\")")]
    [InlineData("| {0} | 17 |")]
    [InlineData("{0}|{0}")]
    [InlineData("{0},{0}")]
    [InlineData("{0};https://other.example/")]
    [InlineData("&lt;{0}&gt;")]
    [InlineData("&quot;{0}&quot;")]
    [InlineData("{0}&nbsp;and more")]
    [InlineData("<p>Join <a href=\"{0}\" title=\"x\">here</a></p>")]
    [InlineData("<a href={0}>here</a>")]
    [InlineData("<p>{0}</p>")]
    [InlineData("https://other.example/s/x https://docspace.example.com.evil.example/s/x {0}")]
    [InlineData("https://docspace.example.com/rooms {0}")]
    [InlineData("http https http:// https:// {0}")]
    [InlineData("https://other.example/?next={0}")]
    public void It_is_found_in_what_people_and_programs_write_around_it(string text)
    {
        var inHtml = Long.Replace("&", "&amp;", StringComparison.Ordinal);

        Assert.Equal("abcDEF123-_4567", Find(text, Short));
        Assert.Equal("abc_", Find(text, $"https://{Host}/s/abc_"));
        Assert.Equal("532965600000.HASH", Find(text, Long));
        Assert.Equal("532965600000.HASH", Find(text, inHtml));
        Assert.Equal(DocSpaceRole.User, PortalLinkText.FindIn(Portal, Put(text, Long))!.Role);
        Assert.Equal(DocSpaceRole.User, PortalLinkText.FindIn(Portal, Put(text, inHtml))!.Role);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/link user")]
    [InlineData("xhttps://docspace.example.com/s/abc")]
    [InlineData("https://docspace.example.com/s/abc.def")]
    [InlineData("https://docspace.example.com/s/ab\u00ADc/d")]
    [InlineData("docspace.example.com/s/abc")]
    [InlineData("https://docspace.example.com /s/abc")]
    public void There_is_none(string text) =>
        Assert.Null(PortalLinkText.FindIn(Portal, text.Replace("\u00ADc/d", "/d", StringComparison.Ordinal)));

    [Theory]
    [InlineData("h")]
    [InlineData("http")]
    [InlineData("https://")]
    [InlineData("https://docspace.example.com/")]
    [InlineData("https://docspace.example.com/s/")]
    [InlineData("https://docspace.example.com/s/a/")]
    [InlineData("https://docspace.example.com/confirm/LinkInvite?&&&&")]
    [InlineData("&amp;")]
    [InlineData("_")]
    public void The_last_of_a_hundred_thousand_letters_is_looked_at_too(string filling)
    {
        var text = string.Concat(Enumerable.Repeat(filling, 100_000 / filling.Length));

        Assert.Null(PortalLinkText.FindIn(Portal, text));
        Assert.Equal("abcDEF123-_4567", PortalLinkText.FindIn(Portal, $"{text} {Short}")?.Code);
    }

    [Fact]
    public void What_lets_people_join_gets_into_no_log()
    {
        Assert.DoesNotContain("abc", PortalLinkText.Read(Portal, Short)!.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("HASH", PortalLinkText.Read(Portal, Long)!.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Whatever_is_sent_there_is_an_answer() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>(),
                text =>
                {
                    _ = PortalLinkText.Read(Portal, text ?? "");
                    _ = PortalLinkText.FindIn(Portal, text ?? "");
                    _ = PortalLinkText.FindIn(Portal, $"https://{Host}/s/{text}");
                    _ = PortalLinkText.Read(Portal, $"https://{Host}/confirm/LinkInvite?type=LinkInvite&key={text}&emplType={text}&{text}");
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_taken_for_the_portals_leads_there_by_everybodys_reading() =>
        Prop.ForAll(
                Texts(),
                text =>
                {
                    if (PortalLinkText.Read(Portal, text) is { } link)
                    {
                        Assert.True(Uri.TryCreate(text, UriKind.Absolute, out var uri), text);
                        Assert.Equal((Host, ""), (uri.IdnHost, uri.UserInfo));
                        Assert.True(uri.IsDefaultPort || uri.Port == 443, text);
                        Assert.Equal(link, PortalLinkText.Read(Portal, text));
                        Assert.Contains(
                            link.Code is null ? "/confirm/linkinvite" : $"/s/{link.Code}",
                            uri.AbsolutePath,
                            StringComparison.OrdinalIgnoreCase
                        );
                    }
                }
            )
            .Check(Many);

    [Fact]
    public void No_look_alike_is_taken_for_the_portal() =>
        Prop.ForAll(
                LookAlikes(),
                host =>
                {
                    Assert.Null(PortalLinkText.Read(Portal, $"https://{host}/s/abc"));
                    Assert.Null(PortalLinkText.FindIn(Portal, $"Join https://{host}/s/abc now"));
                    Assert.Null(PortalLinkText.Read(Portal, $"http://{host}/confirm/LinkInvite?type=LinkInvite&key=k"));
                }
            )
            .Check(Many);

    [Fact]
    public void What_a_portal_makes_is_read_as_it_was_meant() =>
        Prop.ForAll(
                (
                    from milliseconds in Gen.Choose(0, int.MaxValue)
                    from role in Gen.Elements(Enum.GetValues<DocSpaceRole>())
                    from isPersonal in Gen.Elements(true, false)
                    from intoRoom in Gen.Elements(true, false)
                    select (milliseconds, role, isPersonal, intoRoom)
                ).ToArbitrary(),
                made =>
                {
                    var url =
                        $"https://{Host}/confirm/LinkInvite?type=LinkInvite&key={made.milliseconds}.HASH{(made.isPersonal ? "&encemail=x%3D" : "")}"
                        + $"&uid={Guid.Empty}&emplType={(int)made.role}&culture=de-DE{(made.intoRoom ? "&roomId=17" : "")}";

                    var link = PortalLinkText.Read(Portal, url)!;

                    Assert.Equal((made.role, made.isPersonal, made.intoRoom), (link.Role!.Value, link.IsPersonal, link.IntoRoom));
                    Assert.Equal(new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(made.milliseconds), link.MadeAt);
                    Assert.Equal(
                        link,
                        PortalLinkText.FindIn(Portal, $"<a href=\"{url.Replace("&", "&amp;", StringComparison.Ordinal)}\">x</a>")
                    );
                }
            )
            .QuickCheckThrowOnFailure();

    private static Config Many => Config.QuickThrowOnFailure.WithMaxTest(2000);

    private static string Canonical(string url) => PortalLinkText.Read(Portal, url)!.Canonical;

    private static string? Find(string text, string link) => PortalLinkText.FindIn(Portal, Put(text, link))?.Canonical;

    private static string Put(string text, string link) => text.Replace("{0}", link, StringComparison.Ordinal);

    /// <summary>Texts that are nearly links of the portal.</summary>
    private static Arbitrary<string> Texts() =>
        (
            from begin in Gen.Elements("https://", "http://", "HTTPS://", "https:", "//", "")
            from host in Gen.Elements(Host, Host, Host, "DOCSPACE.example.com", "evil.example")
            from port in Gen.Elements("", "", ":443", ":80", ":", "@evil.example", ".", "\\")
            from path in Gen.Elements("/s/", "/confirm/LinkInvite?type=LinkInvite&key=", "/confirm/linkinvite?", "/", "")
            from tail in Gen.Elements(
                    "a",
                    "Z",
                    "9",
                    "-",
                    "_",
                    "/",
                    ".",
                    "..",
                    "?",
                    "#",
                    "&",
                    "=",
                    "%2e",
                    "%",
                    "@",
                    "\\",
                    "key=",
                    "type=LinkInvite",
                    "é",
                    " "
                )
                .ListOf()
            select begin + host + port + path + string.Concat(tail)
        ).ToArbitrary();

    /// <summary>The portal's host with one to three mistakes in it.</summary>
    private static Arbitrary<string> LookAlikes() =>
        Gen.Choose(1, 3)
            .SelectMany(mistakes => Mistake().ListOf(mistakes))
            .Select(mistakes => mistakes.Aggregate(Host, (host, mistake) => mistake(host)))
            .Where(host => !host.Equals(Host, StringComparison.OrdinalIgnoreCase))
            .ToArbitrary();

    private static Gen<Func<string, string>> Mistake() =>
        from place in Gen.Choose(0, Host.Length)
        from kind in Gen.Choose(0, 2)
        from letter in Gen.Elements(
            ".",
            "-",
            "a",
            "0",
            "@",
            "\\",
            "/",
            "\t",
            "\n",
            " ",
            ":",
            ":8080",
            "%2e",
            "xn--",
            "\u0430",
            "\u017F",
            "\u3002",
            "\u200B",
            "evil.example"
        )
        select new Func<string, string>(host =>
        {
            var at = Math.Min(place, host.Length);
            return kind switch
            {
                0 => host.Insert(at, letter),
                1 when at < host.Length => host.Remove(at, 1).Insert(at, letter),
                _ => at < host.Length ? host.Remove(at, 1) : host + letter,
            };
        });
}
