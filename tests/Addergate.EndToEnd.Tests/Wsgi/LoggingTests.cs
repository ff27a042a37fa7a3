using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

public sealed class LoggingTests
{
    public static TheoryData<string> Interpreters => [.. Servers.Interpreters];

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void Everything_that_an_application_writes_is_in_the_log(string python)
    {
        var server = Servers.For(python);
        var mark = Servers.NewName();
        var id = Servers.Get(python, "/logging_app?mark=" + mark).Text;
        foreach (var expected in (string[])
            ["errors-", "lines-", "unicode-", "stdout-", "stderr-", "descriptor-", "logging-"])
        {
            server.WaitForLog(expected + mark);
        }

        var log = server.Errors;
        Assert.Contains($"lines-{mark} joined", log, StringComparison.Ordinal);
        Assert.Contains($"unicode-{mark} \u20ac", log, StringComparison.Ordinal);
        Assert.Contains($"errors-{mark} line two", log, StringComparison.Ordinal);
        Assert.NotEmpty(id);
        Assert.Contains(
            log.Split('\n'),
            line => line.Contains($"errors-{mark} line one", StringComparison.Ordinal)
                && line.Contains(id, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void Children_of_an_application_neither_upset_it_nor_are_upset(string python)
    {
        Assert.Equal("from the child, status 7", Servers.Get(python, "/forking?kind=fork").Text);
        Assert.Equal("42", Servers.Get(python, "/forking?kind=run").Text);
        Assert.Equal("[1, 4, 9]", Servers.Get(python, "/forking?kind=pool").Text);
        Assert.Equal("ended by 15", Servers.Get(python, "/forking?kind=terminate").Text);
        Assert.Equal("hello\n", Servers.Get(python, "/hello").Text);
    }
}
