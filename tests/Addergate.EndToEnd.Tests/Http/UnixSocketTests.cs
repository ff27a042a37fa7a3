using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

/// <summary>Listening on a Unix socket, and a proxy that is trusted for it.</summary>
public sealed class UnixSocketTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Socket => _directory.In("http.sock");

    [Fact]
    public void It_is_served_on_and_survives_its_owners()
    {
        using (var server = Start())
        {
            Assert.Contains($"unix:{Socket}", server.Errors, StringComparison.Ordinal);
            Assert.Equal("hello\n", Curl("/hello"));
            var strings = Environ("--http1.0", "-H", "Host:");
            Assert.Equal(("localhost", "80"), (Text(strings, "SERVER_NAME"), Text(strings, "SERVER_PORT")));
            Assert.Equal("", Text(strings, "REMOTE_ADDR"));
            Assert.Equal("660", Tool.Succeed("stat", "-c", "%a", Socket).Trim());

            // Another server does not take it away.
            using (var second = ServerProcess.Launch(Description([])))
            {
                Assert.Equal(1, second.WaitForExit());
                second.WaitForOutput();
                Assert.Contains($"cannot listen on {Socket}: somebody does already", second.Errors, StringComparison.Ordinal);
            }

            var before = server.FrontEnd();
            Signals.Send(before.Id, Signals.Kill);
            Assert.Equal("hello\n", Curl("/hello", "--retry", "5", "--retry-all-errors"));

            // The same socket for the program that takes over.
            Assert.Equal(0, server.Command("restart").Status);
            Assert.Equal("hello\n", Curl("/hello"));
        }

        using (Start("--socket-mode", "606"))
        {
            Assert.Equal("606", Tool.Succeed("stat", "-c", "%a", Socket).Trim());
            Assert.Equal("hello\n", Curl("/hello"));
        }
    }

    [Fact]
    public void As_root_it_belongs_to_the_applications_user_and_the_proxys_group()
    {
        if (System.Environment.UserName != "root")
        {
            Assert.Skip("Only root can give a socket away.");
        }

        using var server = Start("--user", "nobody", "--socket-group", "www-data");
        Assert.Equal("nobody www-data 660", Tool.Succeed("stat", "-c", "%U %G %a", Socket).Trim());
    }

    [Fact]
    public void A_proxy_on_it_is_believed_when_it_is_named()
    {
        using var server = Start("--trust-proxy", "unix", "--trust-proxy-header", "X-Forwarded-For",
            "--trust-proxy-header", "X-Forwarded-Proto");
        using var nginx = NginxProxy.Start(
            $"http://unix:{Socket}",
            "proxy_set_header Host $host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; "
            + "proxy_set_header X-Forwarded-Proto https;");
        var through = JsonDocument.Parse(Tool.Succeed(
            "curl", "-sS", "-H", "X-Forwarded-For: 192.0.2.1", "-H", "X-Real-IP: 192.0.2.2",
            $"http://127.0.0.1:{nginx.Port}/validated/environ")).RootElement.GetProperty("strings");
        Assert.Equal("127.0.0.1", Text(through, "REMOTE_ADDR"));
        Assert.Equal("on", Text(through, "HTTPS"));
        Assert.False(through.TryGetProperty("HTTP_X_REAL_IP", out _));
        Assert.Equal("203.0.113.9", Text(Environ("-H", "X-Forwarded-For: 203.0.113.9"), "REMOTE_ADDR"));
    }

    [Fact]
    public void Nobody_on_it_is_believed_when_only_networks_are_named()
    {
        using var server = Start("--trust-proxy", "127.0.0.1", "--trust-proxy-header", "X-Forwarded-For");
        var strings = Environ("-H", "X-Forwarded-For: 203.0.113.9");
        Assert.Equal("", Text(strings, "REMOTE_ADDR"));
        Assert.False(strings.TryGetProperty("HTTP_X_FORWARDED_FOR", out _));
    }

    public void Dispose() => _directory.Dispose();

    private ServerProcess Start(params string[] options) => ServerProcess.Start(Description(options));

    private ServerStart Description(string[] options) =>
        ServerStart.Conformance(["--host", "unix:" + Socket, .. options]) with { OnFreePort = false };

    private string Curl(string path, params string[] options) =>
        Tool.Succeed("curl", ["-sS", "--unix-socket", Socket, .. options, "http://site.example" + path]);

    private JsonElement Environ(params string[] options) =>
        JsonDocument.Parse(Curl("/validated/environ", options)).RootElement.GetProperty("strings");

    private static string? Text(JsonElement strings, string name) => strings.GetProperty(name).GetString();
}
