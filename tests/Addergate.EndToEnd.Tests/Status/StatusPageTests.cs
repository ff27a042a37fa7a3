using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Status;

public sealed class StatusPageTests
{
    [Fact]
    public void It_shows_what_the_command_shows()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--server-status", "--processes", "2", "--threads", "3"));
        Assert.Equal(200, Servers.Get(server.Port, "/environ").Status);
        var reply = Servers.Get(server.Port, "/server-status?json");
        Assert.Equal("application/json", reply["Content-Type"]);
        Assert.Equal("no-store", reply["Cache-Control"]);
        var shown = JsonDocument.Parse(reply.Body).RootElement;
        var asked = JsonDocument.Parse(server.Command("status", "--json").Output).RootElement;
        asked = asked.ValueKind == JsonValueKind.Array ? asked[0] : asked;
        foreach (var name in (string[])["version", "application", "state", "capacity", "server_root"])
        {
            Assert.Equal(asked.GetProperty(name).ToString(), shown.GetProperty(name).ToString());
        }

        Assert.Equal(Pids(asked), Pids(shown));
        var page = Servers.Get(server.Port, "/server-status");
        Assert.Equal("text/html; charset=utf-8", page["Content-Type"]);
        Assert.All(server.Workers(), worker => Assert.Contains($">{worker.Id}<", page.Text, StringComparison.Ordinal));
        Assert.Contains("0 of 6 at once", page.Text, StringComparison.Ordinal);
        Assert.Equal(405, Servers.Get(server.Port, "/server-status", method: "POST").Status);
        Assert.Equal(page["Content-Type"], Servers.Get(server.Port, "/server-status", method: "HEAD")["Content-Type"]);
    }

    [Theory]
    [InlineData("X-Forwarded-For: 203.0.113.9")]
    [InlineData("Forwarded: for=127.0.0.1")]
    [InlineData("Via: 1.1 proxy")]
    public void Through_a_proxy_that_is_not_trusted_nobody_is_local(string header)
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--server-status"));
        Assert.Equal(403, Servers.Get(server.Port, "/server-status", header + "\r\n").Status);
    }

    [Fact]
    public void Through_a_trusted_proxy_the_client_counts()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--server-status", "--trust-proxy", "127.0.0.1", "--trust-proxy-header", "X-Forwarded-For"));
        Assert.Equal(403, Servers.Get(server.Port, "/server-status", "X-Forwarded-For: 203.0.113.9\r\n").Status);
        Assert.Equal(200, Servers.Get(server.Port, "/server-status").Status);
    }

    [Fact]
    public void Unless_asked_for_the_URL_is_the_applications()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance());
        var reply = Servers.Get(server.Port, "/server-status");
        Assert.DoesNotContain("Addergate:", reply.Text, StringComparison.Ordinal);
        Assert.NotEqual("no-store", reply["Cache-Control"]);
    }

    private static int[] Pids(JsonElement snapshot) =>
        [.. snapshot.GetProperty("processes").EnumerateArray().Select(static one => one.GetProperty("pid").GetInt32())];
}
