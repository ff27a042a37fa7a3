using System.Diagnostics;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>Debian's nginx in front of a server, on a free port of the loopback.</summary>
internal sealed class NginxProxy : IDisposable
{
    private readonly TemporaryDirectory _directory;
    private readonly Process _process;

    private NginxProxy(TemporaryDirectory directory, Process process, int port)
    {
        _directory = directory;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <param name="upstream">The port of the server behind it.</param>
    /// <param name="location">Further directives beside <c>proxy_pass</c>.</param>
    public static NginxProxy Start(int upstream, string location) => Start($"http://127.0.0.1:{upstream}", location);

    /// <param name="target">As <c>proxy_pass</c> takes it.</param>
    /// <param name="location">Further directives beside <c>proxy_pass</c>.</param>
    public static NginxProxy Start(string target, string location)
    {
        var port = FreePorts.One();
        return Start(
            [port],
            $$"""
            server {
                listen 127.0.0.1:{{port}};
                location / {
                    proxy_pass {{target}};
                    {{location}}
                }
            }
            """);
    }

    /// <param name="ports">Where it listens.</param>
    /// <param name="sites">What stands in <c>http</c>.</param>
    public static NginxProxy Start(int[] ports, string sites)
    {
        const string Nginx = "/usr/sbin/nginx";
        Tool.Require(Nginx);
        var directory = new TemporaryDirectory();
        var log = Path.Combine(directory.Path, "error.log");
        var configuration = directory.Write(
            "nginx.conf",
            $$"""
            daemon off;
            master_process off;
            pid {{directory.Path}}/nginx.pid;
            error_log {{log}};
            events { }
            http {
                access_log off;
                types { text/css css; text/plain txt; }
                client_body_temp_path {{directory.Path}}/body;
                proxy_temp_path {{directory.Path}}/proxy;
                fastcgi_temp_path {{directory.Path}}/fastcgi;
                uwsgi_temp_path {{directory.Path}}/uwsgi;
                scgi_temp_path {{directory.Path}}/scgi;
                {{sites}}
            }
            """);
        var process = Process.Start(new ProcessStartInfo(Nginx, ["-e", log, "-c", configuration, "-p", directory.Path]))!;
        var nginx = new NginxProxy(directory, process, ports[0]);
        Until.True(
            () => process.HasExited || ports.All(FreePorts.Answers), "nginx", () => File.Exists(log) ? File.ReadAllText(log) : "");
        Assert.False(process.HasExited, File.Exists(log) ? File.ReadAllText(log) : "nginx has ended");
        return nginx;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _directory.Dispose();
    }
}
