using Addergate.Cli.Administration;

namespace Addergate.Cli.Tests.Administration;

public sealed class ServerChoiceTests
{
    [Fact]
    public void Options_flags_and_words_are_told_apart()
    {
        var choice = ServerChoice.Read(["--port", "81", "4711", "--json", "--server-root=/srv/a=b"], ["--json"], out _)!;
        Assert.Equal((81, "/srv/a=b"), (choice.Port, choice.ServerRoot));
        Assert.Equal(["4711"], choice.Words);
        Assert.Equal(["--json"], choice.Flags);
        Assert.False(choice.HelpAsked);
    }

    [Theory]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--server-root=", "--server-root needs a value")]
    [InlineData("--port=x", "--port: \"x\" is no port")]
    [InlineData("--port=0", "--port: \"0\" is no port")]
    [InlineData("--jsn", "unknown option --jsn")]
    [InlineData("--json=yes", "unknown option --json")]
    [InlineData("-x", "unknown option -x")]
    public void A_mistake_is_named(string argument, string expected)
    {
        Assert.Null(ServerChoice.Read([argument], ["--json"], out var reason));
        Assert.Equal(expected, reason);
    }
}
