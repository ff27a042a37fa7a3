using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>The published program on a terminal of its own, and somebody who types there.</summary>
internal sealed partial class TerminalServer : IDisposable
{
    // A terminal is a pair of descriptors and a session: Python's standard library has both.
    private const string Terminal = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;
    private readonly OutputCapture _screen;
    private readonly ProcessTree _tree;
    private int _seen;

    public TerminalServer(string workingDirectory, params string[] arguments)
    {
        Root = Path.Combine(_directory.Path, "root");
        var info = new ProcessStartInfo(Pythons.Default!)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        string[] command =
        [
            "-c", Terminal, Layout.Program, "start-server", .. arguments, "--server-root", Root, "--host", "127.0.0.1",
            "--port", "0", "--python", Pythons.Default!,
        ];
        foreach (var argument in command)
        {
            info.ArgumentList.Add(argument);
        }

        var mark = Path.GetFileName(_directory.Path);
        info.Environment["AG_TESTS_MARK"] = mark;
        info.Environment["NO_COLOR"] = "1";
        info.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        // Without the codes that a terminal with a name would get.
        info.Environment["TERM"] = "dumb";
        info.Environment.Remove("VIRTUAL_ENV");
        _process = Process.Start(info)!;
        _screen = new OutputCapture(_process.StandardOutput);
        _tree = new ProcessTree(_process.Id, $"AG_TESTS_MARK={mark}");
    }

    public string Root { get; }

    public int Port { get; private set; }

    public string Screen => _screen.Text;

    public void WaitUntilServing()
    {
        See("Press Ctrl-C to stop.");
        Port = int.Parse(Address().Match(Screen).Groups[1].Value, provider: null);
    }

    /// <summary>Waits until a text is shown, after what was waited for last; what came before it since then.</summary>
    public string See(string text)
    {
        var found = -1;
        Until.True(
            () => (found = Screen.IndexOf(text, _seen, StringComparison.Ordinal)) >= 0,
            $"the terminal to show '{text}'",
            () => Screen);
        var between = Screen[_seen..found];
        _seen = found + text.Length;
        return between;
    }

    public void Type(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits for the end, and says with which status.</summary>
    public int WaitForExit()
    {
        Until.True(() => _process.HasExited, "the server to end", () => Screen);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        try
        {
            _tree.Now();
            if (!_process.HasExited)
            {
                Type("\u0003");
                WaitForExit();
            }

            Until.True(() => _tree.Left().Count == 0, "every process to end", () => Screen);
        }
        finally
        {
            foreach (var process in _tree.Left())
            {
                Signals.Send(process.Id, Signals.Kill);
            }

            _process.Dispose();
            _directory.Dispose();
        }
    }

    [GeneratedRegex(@"http://[^\s:/\]]+:(\d+)")]
    private static partial Regex Address();
}
