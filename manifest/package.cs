// Fills in manifest.json and packs it with its German texts and the icons into the zip that Teams takes. Needs nothing but the .NET SDK:
//   dotnet run manifest/package.cs --app-id 00000000-0000-0000-0000-000000000000 --domain bot.example.com --portal-domain docspace.example.com
#:property PublishAot=false
#:property Nullable=enable

using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

const string usage = """
    Usage: dotnet run manifest/package.cs --app-id GUID --domain HOST --portal-domain HOST [more options]

      --app-id GUID          the bot's Microsoft app id, as in MicrosoftAppId
      --domain HOST          where the bot is reached from outside, for example bot.example.com
      --portal-domain HOST   the DocSpace portal, for example docspace.example.com
      --company NAME         shown as the app's developer, at most 32 characters (default: the portal's domain)
      --website URL          your page about the bot (default: the portal)
      --privacy URL          your privacy notice (default: the website)
      --terms URL            your terms of use (default: the website)
      --app-version X.Y.Z    raise it for every upload that replaces an earlier one (default: 1.0.0)
      --output FILE          where the zip goes (default: artifacts/DocSpaceBot.zip)
    """;

if (args is ["-h" or "--help" or "help", ..])
{
    Console.WriteLine(usage);
    return 0;
}

var folder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var problems = new List<string>();
var given = ReadOptions();

var appId = Required("--app-id", IsAppId, "the bot's Microsoft app id, a GUID such as 0f2c7c1e-6d0f-4c53-9b36-3a4c0d7a1e55");
var domain = Required("--domain", IsHost, "a host name such as bot.example.com, without https://, port or path");
var portal = Required("--portal-domain", IsHost, "a host name such as docspace.example.com, without https://, port or path");
var company = Optional("--company", Fitting(portal), text => text.Trim().Length is > 0 and <= 32, "1 to 32 characters");
var website = Optional("--website", $"https://{portal}/", IsHttps, "an https address");
var privacy = Optional("--privacy", website, IsHttps, "an https address");
var terms = Optional("--terms", website, IsHttps, "an https address");
var version = Optional("--app-version", "1.0.0", IsVersion, "three numbers such as 1.0.1");
var output = Optional("--output", Path.Combine(folder, "..", "artifacts", "DocSpaceBot.zip"), text => text.Length > 0, "a file name");

if (problems.Count > 0)
{
    problems.ForEach(Console.Error.WriteLine);
    Console.Error.WriteLine("Nothing was written. --help lists the options.");
    return 2;
}

var values = new Dictionary<string, string>
{
    ["APP_ID"] = appId.ToLowerInvariant(),
    ["BOT_DOMAIN"] = domain.ToLowerInvariant(),
    ["PORTAL_DOMAIN"] = portal.ToLowerInvariant(),
    ["COMPANY"] = company.Trim(),
    ["WEBSITE"] = website,
    ["PRIVACY"] = privacy,
    ["TERMS"] = terms,
    ["VERSION"] = version,
};
var template = File.ReadAllText(Path.Combine(folder, "manifest.json"));
var manifest = Regex.Replace(
    template,
    @"\{\{(\w+)\}\}",
    hole => JsonEncodedText.Encode(values[hole.Groups[1].Value], JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()
);

var file = Path.GetFullPath(output);
Directory.CreateDirectory(Path.GetDirectoryName(file)!);
using (var zip = new ZipArchive(File.Create(file), ZipArchiveMode.Create))
{
    Add(zip, "manifest.json", System.Text.Encoding.UTF8.GetBytes(manifest));
    Add(zip, "de.json", File.ReadAllBytes(Path.Combine(folder, "de.json")));
    Add(zip, "color.png", File.ReadAllBytes(Path.Combine(folder, "color.png")));
    Add(zip, "outline.png", File.ReadAllBytes(Path.Combine(folder, "outline.png")));
}

Console.WriteLine($"{Path.GetRelativePath(Environment.CurrentDirectory, file)}: version {version} of the app for {domain} and {portal}.");
return 0;

Dictionary<string, string> ReadOptions()
{
    string[] known =
    [
        "--app-id",
        "--domain",
        "--portal-domain",
        "--company",
        "--website",
        "--privacy",
        "--terms",
        "--app-version",
        "--output",
    ];
    var options = new Dictionary<string, string>();
    for (var i = 0; i < args.Length; i++)
    {
        var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
        if (!known.Contains(name))
            problems.Add($"{args[i]}: there is no such option.");
        else if (value is null && (i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal)))
            problems.Add($"{name}: a value is missing after it.");
        else if (!options.TryAdd(name, value ?? args[++i]))
            problems.Add($"{name}: is given twice.");
    }

    return options;
}

string Required(string name, Func<string, bool> isRight, string wanted)
{
    if (!given.ContainsKey(name) && !problems.Exists(problem => problem.StartsWith(name + ":", StringComparison.Ordinal)))
        problems.Add($"{name}: is missing; it takes {wanted}.");
    return Optional(name, "", isRight, wanted);
}

string Optional(string name, string otherwise, Func<string, bool> isRight, string wanted)
{
    if (!given.TryGetValue(name, out var text))
        return otherwise;
    if (!isRight(text))
        problems.Add($"{name}: \"{text}\" is not {wanted}.");
    return text;
}

static bool IsAppId(string text) => Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty;

static bool IsHost(string text) =>
    text.Length <= 253
    && Regex.IsMatch(text, @"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])\z", RegexOptions.IgnoreCase);

static bool IsHttps(string text) => text.Length <= 2048 && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "https";

static bool IsVersion(string text) => Regex.IsMatch(text, @"^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\z");

static string Fitting(string portal) => portal.Length <= 32 ? portal : "DocSpaceBot";

// The same input makes the same bytes, so the date is always the first one a zip can hold.
static void Add(ZipArchive zip, string name, byte[] content)
{
    var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
    entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    using var stream = entry.Open();
    stream.Write(content);
}
