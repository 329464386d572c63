using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests;

public sealed class TryoutCommandLineTests
{
    [Fact]
    public async Task Without_arguments_a_chat_is_opened_with_the_newest_portal()
    {
        var (options, exitCode, _) = await RunAsync();

        Assert.Equal(new TryoutOptions { Settings = options!.Settings, Lines = options.Lines }, options);
        Assert.Empty(options.Lines);
        Assert.Empty(options.Settings);
        Assert.Equal(PortalDialect.V37, options.Dialect);
        Assert.Equal(7, exitCode);
    }

    [Fact]
    public async Task Options_go_before_the_lines()
    {
        var (options, _, _) = await RunAsync(
            "--dialect",
            "3.6",
            "--storage",
            "Host=127.0.0.1;Database=tryout",
            "--set",
            "Policy:Otherwise=Ask",
            "--set",
            "FollowUps__SweepInterval=00:00:05",
            "--keep",
            "data",
            "/invite carol@example.com --role user",
            "see \"Invited\""
        );

        Assert.Equal(PortalDialect.V36, options!.Dialect);
        Assert.Equal("Host=127.0.0.1;Database=tryout", options.Storage);
        Assert.Equal("data", options.Keep);
        Assert.Equal([new("Policy:Otherwise", "Ask"), new("FollowUps:SweepInterval", "00:00:05")], options.Settings);
        Assert.Equal("/invite carol@example.com --role user|see \"Invited\"", string.Join('|', options.Lines));
    }

    [Theory]
    [InlineData("/h")]
    [InlineData("/?")]
    [InlineData("@dana, please look")]
    [InlineData("[suggest]")]
    [InlineData("a=b")]
    [InlineData("portal down")]
    [InlineData("say: --dialect 3.6")]
    public async Task Any_text_is_a_line(string line)
    {
        var (options, _, _) = await RunAsync(line);

        Assert.Equal(line, Assert.Single(options!.Lines));
    }

    [Theory]
    [InlineData("- a list item")]
    [InlineData("--help")]
    [InlineData("-x")]
    public async Task After_two_dashes_a_line_may_begin_with_a_dash(string line)
    {
        var (options, _, _) = await RunAsync("--dialect", "documented", "--", line, "hello");

        Assert.Equal($"{line}|hello", string.Join('|', options!.Lines));
        Assert.Equal(PortalDialect.Documented, options.Dialect);
    }

    [Fact]
    public async Task A_real_portal_takes_an_address_and_a_key()
    {
        var (options, _, _) = await RunAsync("--portal", "https://docspace.example.com", "--key", "sk-1", "hello");

        Assert.Equal(("https://docspace.example.com/", "sk-1"), (options!.Portal!.AbsoluteUri, options.Key));
    }

    [Theory]
    [InlineData("--dialect: \"4.0\" is not 3.7, 3.6 or documented", "--dialect", "4.0")]
    [InlineData("--dialect", "--dialect")]
    [InlineData("--portal and --key belong together", "--portal", "https://docspace.example.com")]
    [InlineData("--portal and --key belong together", "--key", "sk-1")]
    [InlineData("\"docspace\" is not an address", "--portal", "docspace", "--key", "sk-1")]
    [InlineData("\"Policy\" is not a setting", "--set", "Policy")]
    [InlineData("There is no option --what", "--what", "hello")]
    [InlineData("--help lists the options", "hello", "-x", "--", "-y")]
    public async Task What_is_wrong_with_the_options_is_said_and_nothing_is_run(string expected, params string[] arguments)
    {
        var (options, exitCode, errors) = await RunAsync(arguments);

        Assert.Null(options);
        Assert.Equal(2, exitCode);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_the_options()
    {
        await using var output = new StringWriter();

        var exitCode = await TryoutCommandLine.RunAsync(
            ["--help"],
            (_, _) => throw new InvalidOperationException("Nothing is to be run."),
            output,
            TextWriter.Null,
            CancellationToken.None
        );

        Assert.Equal(0, exitCode);
        Assert.All(
            new[] { "--dialect", "--portal", "--key", "--storage", "--set", "--keep", "line" },
            option => Assert.Contains(option, output.ToString(), StringComparison.Ordinal)
        );
    }

    private static async Task<(TryoutOptions? Options, int ExitCode, string Errors)> RunAsync(params string[] arguments)
    {
        TryoutOptions? options = null;
        await using var errors = new StringWriter();
        var exitCode = await TryoutCommandLine.RunAsync(
            arguments,
            (given, _) =>
            {
                options = given;
                return Task.FromResult(7);
            },
            TextWriter.Null,
            errors,
            CancellationToken.None
        );
        return (options, exitCode, errors.ToString());
    }
}
