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
    public static NginxProxy Start(int upstream, string location)
    {
        const string Nginx = "/usr/sbin/nginx";
        Tool.Require(Nginx);
        var directory = new TemporaryDirectory();
        var port = FreePorts.One();
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
                client_body_temp_path {{directory.Path}}/body;
                proxy_temp_path {{directory.Path}}/proxy;
                fastcgi_temp_path {{directory.Path}}/fastcgi;
                uwsgi_temp_path {{directory.Path}}/uwsgi;
                scgi_temp_path {{directory.Path}}/scgi;
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://127.0.0.1:{{upstream}};
                        {{location}}
                    }
                }
            }
            """);
        var process = Process.Start(new ProcessStartInfo(Nginx, ["-e", log, "-c", configuration, "-p", directory.Path]))!;
        var nginx = new NginxProxy(directory, process, port);
        Until.True(
            () => process.HasExited || FreePorts.Answers(port), "nginx", () => File.Exists(log) ? File.ReadAllText(log) : "");
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
