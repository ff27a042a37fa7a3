using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

public sealed class PlainHttp2Tests(PlainHttp2Tests.OwnServer own) : IClassFixture<PlainHttp2Tests.OwnServer>
{
    private string Address => $"http://127.0.0.1:{own.Server.Port}";

    [Fact]
    public void Prior_knowledge_and_HTTP_1_1_share_the_port()
    {
        Assert.Equal("hello\n 2", Tool.Succeed(
            "curl", "-sS", "--http2-prior-knowledge", "-w", " %{http_version}", Address + "/hello"));
        Assert.Equal("hello\n 1.1", Tool.Succeed("curl", "-sS", "-w", " %{http_version}", Address + "/hello"));
    }

    [Fact]
    public void Many_streams_at_once_are_all_answered()
    {
        var output = Tool.Succeed("h2load", "-n", "5000", "-c", "5", "-m", "50", Address + "/hello");
        Assert.Contains("5000 succeeded, 0 failed, 0 errored", output, StringComparison.Ordinal);
        Assert.Contains("5000 2xx, 0 3xx, 0 4xx, 0 5xx", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_body_does_not_stall_the_streams_beside_it()
    {
        var file = Path.Combine(own.Server.Root, "large");
        File.WriteAllBytes(file, new byte[3_000_000]);
        var output = Tool.Succeed("h2load", "-n", "40", "-c", "1", "-m", "20", "-d", file, Address + "/upload");
        Assert.Contains("40 succeeded, 0 failed, 0 errored", output, StringComparison.Ordinal);
        Assert.Contains("40 2xx", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_option_the_plain_port_speaks_only_HTTP_1_1() => Assert.NotEqual(0, Tool.Run(
        "curl", "-sS", "--http2-prior-knowledge", $"http://127.0.0.1:{Servers.For(Pythons.Default!).Port}/hello").Status);

    public sealed class OwnServer : IDisposable
    {
        internal ServerProcess Server { get; } = ServerProcess.Start(ServerStart.Conformance("--http2", "--queue-limit", "1000"));

        public void Dispose() => Server.Dispose();
    }
}
