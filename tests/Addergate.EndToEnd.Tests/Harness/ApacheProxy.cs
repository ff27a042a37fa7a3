using System.Diagnostics;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>Debian's Apache with sites of a test's own, on a free port of the loopback.</summary>
internal sealed class ApacheProxy : IDisposable
{
    private const string Apache = "/usr/sbin/apache2";

    private static readonly string[] Modules =
    [
        "mpm_event", "authz_core", "mime", "alias", "headers", "setenvif", "proxy", "proxy_http", "socache_shmcb", "ssl",
    ];

    private readonly TemporaryDirectory _directory;
    private readonly Process _process;

    private ApacheProxy(TemporaryDirectory directory, Process process) => (_directory, _process) = (directory, process);

    /// <param name="ports">Where it is to listen: free ones.</param>
    /// <param name="sites">What it serves there.</param>
    public static ApacheProxy Start(int[] ports, string sites)
    {
        Tool.Require(Apache);
        var directory = new TemporaryDirectory();
        var log = Path.Combine(directory.Path, "error.log");
        directory.Write("mime.types", "text/css css\ntext/plain txt\n");
        var configuration = directory.Write(
            "apache.conf",
            $"""
            ServerRoot {directory.Path}
            ServerName localhost
            DefaultRuntimeDir {directory.Path}
            PidFile {directory.Path}/apache.pid
            ErrorLog {log}
            {string.Join('\n', ports.Select(static port => $"Listen 127.0.0.1:{port}"))}
            {string.Join('\n', Modules.Select(static name => $"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"))}
            {(System.Environment.UserName == "root" ? "User www-data\nGroup www-data" : "")}
            TypesConfig mime.types
            <Directory />
                Require all denied
            </Directory>
            {sites}
            """);
        var process = Process.Start(new ProcessStartInfo(Apache, ["-f", configuration, "-DFOREGROUND"]))!;
        var apache = new ApacheProxy(directory, process);
        Until.True(() => process.HasExited || ports.All(FreePorts.Answers), "apache", Errors);
        Assert.False(process.HasExited, Errors());
        return apache;

        string Errors() => File.Exists(log) ? File.ReadAllText(log) : "apache has ended";
    }

    public void Dispose()
    {
        // Its children end with it when it is asked.
        Signals.Send(_process.Id, Signals.Terminate);
        _process.WaitForExit();
        _process.Dispose();
        _directory.Dispose();
    }
}
