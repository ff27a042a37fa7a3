using System.Text;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Forwarding;

/// <summary>
/// A server with a target behind it that the test plays, and an application:
/// <code>
///  /api/…          the target's /app/…
///  /raw/…          the target's /…, mounted with a slash
///  other.example   the target's /
///  all else        the application
/// </code>
/// Targets answer with <c>Connection: close</c>, so that no test gets the connection of another.
/// </summary>
public sealed class ForwardingSite : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public ForwardingSite()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "files"));
        _directory.Write("files/inside.txt", "file");
        Server = ServerProcess.Start(new ServerStart
        {
            WorkingDirectory = _directory.Path,
            Arguments =
            [
                Path.Combine(Layout.Apps, "hello.wsgi"), "--server-name", "site.example",
                "--proxy-mount-point", "/api", Target.Url + "/app", "--proxy-url-alias", "/raw/", Target.Url + "/",
                "--proxy-virtual-host", "Other.example", Target.Url + "/",
                "--url-alias", "/api/files", "files", "--document-root", "files",
                "--limit-request-body", "1000000", "--http2",
                "--access-log", "--access-log-format", "%m %U %>s %B", "--log-to-terminal",
            ],
        });
    }

    internal FakeTarget Target { get; } = new();

    internal ServerProcess Server { get; }

    /// <summary>A whole answer.</summary>
    internal static string Answer(string headers = "", string body = "ok", string status = "200 OK") =>
        $"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}";

    /// <summary>Sends a request on a connection of its own.</summary>
    internal Conversation Ask(string target, string headers = "", string host = "site.example", string method = "GET") =>
        new Conversation(Server.Port).Send($"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n");

    /// <summary>Sends a request, lets the target answer it, and tells what either got.</summary>
    internal (Reply Request, Reply Response) Exchange(
        string target, string headers = "", string host = "site.example", string method = "GET", string? answer = null)
    {
        using var client = Ask(target, headers, host, method);
        using var connection = Target.Accept();
        var request = connection.ReceiveRequest();
        connection.Send(answer ?? Answer()).FinishSending();
        return (request, client.Receive(toHead: method == "HEAD"));
    }

    internal void WaitForAccessLog(string line) => Until.True(
        () => Server.Output.Split('\n').Contains(line), $"the access log to say '{line}'", () => Server.Logs);

    internal static string Latin1(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    public void Dispose()
    {
        Server.Dispose();
        Target.Dispose();
        _directory.Dispose();
    }
}
