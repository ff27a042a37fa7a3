using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>
/// The published program, started as a user starts it. <see cref="Start"/> returns when it serves;
/// <see cref="Dispose"/> stops it and fails the test when anything of its process tree is left.
/// </summary>
internal sealed partial class ServerProcess : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;
    private readonly OutputCapture _output;
    private readonly OutputCapture _errors;
    private readonly ProcessTree _tree;

    private ServerProcess(ServerStart start)
    {
        Root = start.Root ?? Path.Combine(_directory.Path, "root");
        var mark = $"AG_TESTS_MARK={Path.GetFileName(_directory.Path)}";
        string[] command = [.. start.Wrapper, Layout.Program, "start-server"];
        var info = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = start.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in command.Skip(1).Concat(start.Arguments).Concat(Added(start)))
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment["AG_TESTS_MARK"] = Path.GetFileName(_directory.Path);
        info.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var inherited in (string[])["VIRTUAL_ENV", "PORT", "WEB_CONCURRENCY", "PYTHONPATH", "PYTHONHOME"])
        {
            info.Environment.Remove(inherited);
        }

        if (System.Environment.GetEnvironmentVariable("ADDERGATE_TEST_READYTORUN") == "0")
        {
            info.Environment["DOTNET_ReadyToRun"] = "0";
        }

        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        _process = Process.Start(info)!;
        _process.StandardInput.Close();
        _output = new OutputCapture(_process.StandardOutput);
        _errors = new OutputCapture(_process.StandardError);
        _tree = new ProcessTree(_process.Id, mark);
    }

    /// <summary>The server root, this server's alone, which it makes itself; removed at the end.</summary>
    public string Root { get; }

    public int Port { get; private set; }

    public int HttpsPort { get; private set; }

    /// <summary>The supervisor.</summary>
    public int Id => _process.Id;

    /// <summary>Standard output: banner and access log.</summary>
    public string Output => _output.Text;

    /// <summary>Standard error: every log.</summary>
    public string Errors => _errors.Text;

    public string Logs => $"── stdout\n{Output}\n── stderr\n{Errors}";

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a server and waits until its banner says that it serves.</summary>
    public static ServerProcess Start(ServerStart start)
    {
        var server = Launch(start);
        try
        {
            server.WaitUntilServing();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Starts the command without waiting: for those that are expected to fail.</summary>
    public static ServerProcess Launch(ServerStart start) => new(start);

    public void WaitUntilServing()
    {
        Until.True(
            () => _process.HasExited || Banner().IsMatch(Output + Errors), "the banner", () => Logs);
        if (_process.HasExited)
        {
            Assert.Fail($"The server ended with status {_process.ExitCode}.\n{Logs}");
        }

        var text = Output + Errors;
        Port = PortIn(PlainAddress().Match(text));
        HttpsPort = PortIn(SecureAddress().Match(text));
    }

    /// <summary>Runs a command for this server, <c>status</c> for example, to its end.</summary>
    public Tool Command(params string[] arguments) => Tool.Run(Layout.Program, [.. arguments, "--server-root", Root]);

    public ProcessInfo FrontEnd() =>
        Until.Some(() => Processes().FirstOrDefault(static p => p.IsFrontEnd), "a front end", () => Logs);

    /// <summary>The workers in the order of their numbers. A child that an application forked is not one.</summary>
    public List<ProcessInfo> Workers() =>
        [.. Processes().Where(process => process.IsWorker && process.Parent == Id).OrderBy(static p => p.Id)];

    public List<ProcessInfo> Processes() => _tree.Now();

    /// <summary>Waits until the process has ended and says with which status.</summary>
    public int WaitForExit()
    {
        Until.True(() => _process.HasExited, "the server to end", () => Logs);
        return _process.ExitCode;
    }

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    public int Stop()
    {
        _tree.Now();
        Signals.Send(Id, Signals.Terminate);
        return WaitForExit();
    }

    /// <summary>Waits until both output streams have come to their ends: after the end of the last process.</summary>
    public void WaitForOutput() => Assert.True(
        _output.WaitForEnd() && _errors.WaitForEnd(), "An output stream is still held open.");

    public void AssertNothingIsLeft() => Until.True(
        () => _tree.Left().Count == 0,
        "every process to end",
        () => string.Join('\n', _tree.Left()) + "\n" + Logs);

    public void WaitForLog(string text) => Until.True(
        () => (Output + Errors).Contains(text, StringComparison.Ordinal), $"the log to say '{text}'", () => Logs);

    public void Dispose()
    {
        try
        {
            _tree.Now();
            if (!_process.HasExited)
            {
                Stop();
            }

            AssertNothingIsLeft();
            WaitForOutput();
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

    private IEnumerable<string> Added(ServerStart start)
    {
        if (start.NamesRoot)
        {
            yield return "--server-root";
            yield return Root;
        }

        if (start.OnFreePort)
        {
            yield return "--host";
            yield return "127.0.0.1";
            yield return "--port";
            yield return "0";
        }

        if (start.Python is not null)
        {
            yield return "--python";
            yield return start.Python;
        }
    }

    private static int PortIn(Match match) =>
        match.Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"(http://|unix:)[^\s]+(?s:.*)Ready")]
    private static partial Regex Banner();

    [GeneratedRegex(@"http://[^\s:/\]]+:(\d+)")]
    private static partial Regex PlainAddress();

    [GeneratedRegex(@"https://[^\s:/\]]+:(\d+)")]
    private static partial Regex SecureAddress();
}
