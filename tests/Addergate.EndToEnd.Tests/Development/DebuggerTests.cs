using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Development;

/// <summary>pdb at a terminal, as somebody types.</summary>
public sealed class DebuggerTests : IDisposable
{
    private const string Prompt = "(Pdb) ";

    private const string Application =
        """
        import os, time

        def application(environ, start_response):
            path = environ["PATH_INFO"]
            if path == "/break":
                breakpoint()
            if path == "/fail":
                value = 41 + 1
                raise RuntimeError("oops")
            start_response("200 OK", [("Content-Type", "text/plain")])
            return blocks(path)

        def blocks(path):
            total = 0
            for number in range(3):
                total += number
                yield b"%d " % total
            if path == "/late":
                raise ValueError("late")
        """;

    private readonly TemporaryDirectory _directory = new();

    public DebuggerTests() => _directory.Write("app.py", Application);

    [Fact]
    public async Task A_breakpoint_in_the_application_asks_at_the_terminal_and_goes_on()
    {
        using var terminal = new TerminalServer(_directory.Path, "app.py", "--debug-mode");
        terminal.WaitUntilServing();
        var reply = Get(terminal, "/break");
        Assert.Contains("app.py(7)application()", terminal.See(Prompt), StringComparison.Ordinal);
        terminal.Type("p path, os.environ['MOD_WSGI_DEBUG_MODE']\n");
        Assert.Contains("('/break', 'true')", terminal.See(Prompt), StringComparison.Ordinal);
        terminal.Type("next\n");
        Assert.Contains("app.py(10)application()", terminal.See(Prompt), StringComparison.Ordinal);
        terminal.Type("continue\n");
        Assert.Equal("0 1 3 ", (await reply).Text);
    }

    [Fact]
    public async Task An_exception_is_looked_at_where_it_was_raised_and_answered_afterwards()
    {
        using var terminal = new TerminalServer(_directory.Path, "app.py", "--enable-debugger");
        terminal.WaitUntilServing();
        Assert.Equal("0 1 3 ", (await Get(terminal, "/")).Text);
        var reply = Get(terminal, "/fail");
        var shown = terminal.See(Prompt);
        Assert.Contains("RuntimeError: oops", shown, StringComparison.Ordinal);
        Assert.Contains("app.py(9)application()", shown, StringComparison.Ordinal);
        terminal.Type("p value\n");
        Assert.Contains("42", terminal.See(Prompt), StringComparison.Ordinal);
        Assert.False(reply.IsCompleted);
        terminal.Type("quit\n");
        Assert.Equal(500, (await reply).Status);

        using var conversation = new Conversation(terminal.Port);
        conversation.Send("GET /late HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.Contains("ValueError: late", terminal.See(Prompt), StringComparison.Ordinal);
        terminal.Type("p number, total\n");
        Assert.Contains("(2, 3)", terminal.See(Prompt), StringComparison.Ordinal);
        terminal.Type("continue\n");
        conversation.ReadToEnd(out var isReset);
        Assert.True(isReset);
    }

    [Fact]
    public async Task Breakpoints_may_be_set_before_the_first_request()
    {
        using var terminal = new TerminalServer(_directory.Path, "app.py", "--enable-debugger", "--debugger-startup");
        terminal.See(Prompt);
        terminal.Type("break app.py:17\n");
        Assert.Contains("Breakpoint 1", terminal.See(Prompt), StringComparison.Ordinal);
        terminal.Type("continue\n");
        terminal.WaitUntilServing();
        var reply = Get(terminal, "/");
        Assert.Contains("app.py(17)blocks()", terminal.See(Prompt), StringComparison.Ordinal);
        terminal.Type("p total\n");
        Assert.Contains("0", terminal.See(Prompt), StringComparison.Ordinal);
        terminal.Type("clear 1\n");
        Assert.Contains("Deleted breakpoint 1", terminal.See(Prompt), StringComparison.Ordinal);
        terminal.Type("continue\n");
        Assert.Equal("0 1 3 ", (await reply).Text);
        Assert.Equal("0 1 3 ", (await Get(terminal, "/")).Text);
    }

    [Fact]
    public void Who_leaves_the_debugger_at_the_start_does_not_want_the_server()
    {
        using var terminal = new TerminalServer(_directory.Path, "app.py", "--enable-debugger", "--debugger-startup");
        terminal.See(Prompt);
        terminal.Type("quit\n");
        terminal.See("The debugger was left before the server had started.");
        Assert.Equal(1, terminal.WaitForExit());
    }

    [Fact]
    public async Task Control_C_ends_the_server_also_while_the_debugger_asks()
    {
        using var terminal = new TerminalServer(_directory.Path, "app.py", "--debug-mode");
        terminal.WaitUntilServing();
        var reply = Get(terminal, "/break");
        terminal.See(Prompt);
        terminal.Type("\u0003");
        Assert.Equal(502, (await reply).Status);
        Assert.Equal(0, terminal.WaitForExit());
    }

    public void Dispose() => _directory.Dispose();

    private static Task<Reply> Get(TerminalServer terminal, string target) =>
        Task.Run(() => Servers.Get(terminal.Port, target));
}
