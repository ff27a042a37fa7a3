using System.Globalization;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.WebServers;

/// <summary>A server, and a web server in front of it with nothing but what <c>addergate proxy-config</c> printed for the same
/// options. The server has the further options that the text itself names.</summary>
internal sealed class FrontedSite : IDisposable
{
    private const string Application =
        """
        import json, os, time
        def application(environ, start_response):
            path = environ["PATH_INFO"]
            start_response("200 OK", [("Content-Type", "text/plain")])
            if path == "/size":
                size = 0
                while block := environ["wsgi.input"].read(65536):
                    size += len(block)
                return [str(size).encode()]
            if path == "/slow":
                def items():
                    yield b"first\n"
                    while not os.path.exists("goon"):
                        time.sleep(0.01)
                    yield b"second\n"
                return items()
            return [json.dumps({key: value for key, value in environ.items() if isinstance(value, str)}).encode()]
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly IDisposable _front;

    /// <param name="kind"><c>nginx</c> or <c>apache</c>.</param>
    /// <param name="isSecure">Whether it speaks HTTPS.</param>
    /// <param name="options">Of the server, and of <c>proxy-config</c>.</param>
    public FrontedSite(string kind, bool isSecure, params string[] options)
    {
        _directory.Write("app.py", Application);
        Write("static/style.css", "static");
        Write("static/.secret", "secret");
        Write("static/with space.txt", "space");
        Write("public/page.txt", "public");
        Write("public/.secret", "secret");
        File.CreateSymbolicLink(Path.Combine(_directory.Path, "static", "passwd"), "/etc/passwd");
        (Port, HttpsPort) = (FreePorts.One(), FreePorts.One());
        string[] place = options.Contains("--host") ? [] : ["--host", "127.0.0.1", "--port", Text(FreePorts.One())];
        string[] all = ["app.py", "--python", Pythons.Default!, .. place, .. options];
        string[] secure = [];
        if (isSecure)
        {
            var (certificate, key) = Certificates.Make(_directory.Path, "site");
            secure = ["--https-redirect", "--certificate", certificate, "--certificate-key", key];
            secure = [.. secure, "--public-https-port", Text(HttpsPort)];
        }

        Configuration = Tool.Succeed(
            "env",
            [
                "-u", "VIRTUAL_ENV", "-u", "PORT", "-u", "WEB_CONCURRENCY", "-C", _directory.Path, Layout.Program,
                "proxy-config", kind, .. all, "--public-port", Text(Port), .. secure,
            ]);
        var trust = Configuration.Split('\n').Single(static line => line.StartsWith("#     --", StringComparison.Ordinal));
        Server = ServerProcess.Start(new ServerStart
        {
            Arguments = [.. all, .. trust[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            WorkingDirectory = _directory.Path,
            OnFreePort = false,
        });
        int[] ports = isSecure ? [Port, HttpsPort] : [Port];
        _front = kind == "nginx" ? NginxProxy.Start(ports, OnLoopback(ports)) : ApacheProxy.Start(ports, Configuration);
    }

    /// <summary>What was printed.</summary>
    public string Configuration { get; }

    public ServerProcess Server { get; }

    /// <summary>Of the web server.</summary>
    public int Port { get; }

    public int HttpsPort { get; }

    /// <summary>Lets <c>/slow</c> go on.</summary>
    public void GoOn() => _directory.Write("goon", "");

    public void Dispose()
    {
        _front.Dispose();
        Server.Dispose();
        _directory.Dispose();
    }

    /// <summary>A test has no business on other interfaces.</summary>
    private string OnLoopback(int[] ports) => ports.Aggregate(Configuration, static (text, port) => text
        .Replace($"listen {port}", $"listen 127.0.0.1:{port}", StringComparison.Ordinal)
        .Replace($"listen [::]:{port};", "", StringComparison.Ordinal)
        .Replace($"listen [::]:{port} ssl http2;", "", StringComparison.Ordinal));

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_directory.Path, name))!);
        _directory.Write(name, text);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
