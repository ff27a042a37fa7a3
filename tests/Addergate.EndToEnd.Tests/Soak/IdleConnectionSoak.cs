using System.Globalization;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Soak;

/// <summary>10,000 connections with nothing to do.</summary>
[Collection("soak")] // They measure, so one after another.
[Trait("Suite", "soak")]
[Trait("Runs", "once")]
public sealed class IdleConnectionSoak(ITestOutputHelper output)
{
    private const int Connections = 10_000;

    // The server's, beside its clients: slots, pipes, libraries.
    private const int OtherFiles = 300;

    [Theory]
    [InlineData(false, 300)]
    [InlineData(true, 600)]
    public async Task Ten_thousand_idle_connections_cost_little_memory_and_are_served_when_they_wake(
        bool isSecure, int mebibytes)
    {
        var hard = ProcessInfo.Read(System.Environment.ProcessId)!.OpenFiles().Hard;
        if (hard < Connections + OtherFiles)
        {
            Assert.Skip(string.Create(
                CultureInfo.InvariantCulture,
                $"The hard limit on open files is {hard}, which is too low for {Connections} clients (ulimit -Hn)."));
        }

        using var directory = new TemporaryDirectory();
        var (certificate, key) = Certificates.Make(directory.Path, "localhost");
        string[] tls = isSecure
            ? ["--https-port", "0", "--ssl-certificate-file", certificate, "--ssl-certificate-key-file", key]
            : [];
        using var server = ServerProcess.Start(
            ServerStart.Conformance(["--keep-alive-timeout", "600", .. tls]) with
            {
                // A low soft limit, as most systems give.
                Wrapper = ["/bin/sh", "-c", "ulimit -Sn 1024; exec \"$@\"", "sh"],
            });
        var frontEnd = server.FrontEnd();
        Assert.Equal((hard, hard), frontEnd.OpenFiles());

        var port = isSecure ? server.HttpsPort : server.Port;
        using (var first = new IdleConnections(port, 100, isSecure))
        {
            await first.OpenAsync();
        }

        var before = frontEnd.ProportionalKiB();
        using var idle = new IdleConnections(port, Connections, isSecure);
        await idle.OpenAsync();
        var growth = (frontEnd.ProportionalKiB() - before) / 1024;
        await idle.AskAgainAsync();
        var after = (frontEnd.ProportionalKiB() - before) / 1024;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Connections} idle connections{(isSecure ? " with TLS" : "")}: front end PSS {before / 1024} MiB before, "
            + $"{growth} MiB more with them ({1024.0 * growth / Connections:F1} KiB each), {after} MiB more after each has "
            + $"asked again"));
        Assert.True(growth < mebibytes, $"{growth} MiB");
        Assert.True(after < mebibytes, $"{after} MiB");
        Assert.DoesNotContain("clients are connected", server.Logs, StringComparison.Ordinal);
    }
}
