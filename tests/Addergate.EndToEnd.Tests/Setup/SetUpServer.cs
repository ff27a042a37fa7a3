using System.Globalization;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Setup;

/// <summary>A server that <c>addergate setup-server</c> was asked for, in a directory whose name no careless script
/// survives. Stopped at the end, whatever is left of it.</summary>
internal sealed class SetUpServer : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public SetUpServer()
    {
        Project = Path.Combine(_directory.Path, "my 'site $HOME");
        Directory.CreateDirectory(Project);
        Write("app.py", "one");
        Port = FreePorts.One();
    }

    /// <summary>Where the command is run: it has <c>app.py</c>.</summary>
    public string Project { get; }

    public string Root => Path.Combine(Project, "it \"serves\"");

    public string Control => Path.Combine(Root, "addergatectl");

    public int Port { get; }

    public string? ProcessId => File.Exists(PidFile) ? File.ReadAllText(PidFile).Trim() : null;

    private string PidFile => Path.Combine(Root, "addergate.pid");

    /// <summary>An application that answers with a word and the variable GREETING.</summary>
    public void Write(string name, string word) => File.WriteAllText(
        Path.Combine(Project, name),
        $"""
        import os
        def application(environ, start_response):
            start_response("200 OK", [])
            return [b"{word} " + os.environ.get("GREETING", "-").encode()]

        """);

    public Tool SetUp(params string[] options) => Run("setup-server", options);

    /// <summary>Any command, in the project with the port and the root of this server.</summary>
    public Tool Run(string command, params string[] options) => Tool.Run(
        "env",
        [
            "-u", "VIRTUAL_ENV", "-u", "WEB_CONCURRENCY", "-C", Project,
            "PORT=" + Port.ToString(CultureInfo.InvariantCulture), Layout.Program, command, "app.py", "--host", "127.0.0.1",
            "--python", Pythons.Default!, "--server-root", Path.GetFileName(Root), .. options,
        ]);

    /// <summary>The control script, as a machine runs it that starts: elsewhere, with hardly a variable, and some that are
    /// meant for others.</summary>
    public Tool Ctl(params string[] arguments) => Tool.Run(
        "env",
        ["-i", "-C", "/", "PATH=/usr/bin:/bin", "PORT=1", "ADDERGATE_THREADS=none", "PYTHONDONTWRITEBYTECODE=1", Control, .. arguments]);

    public void Dispose()
    {
        if (File.Exists(Control))
        {
            Ctl("stop");
        }

        Assert.Null(ProcessId);
        _directory.Dispose();
    }
}
