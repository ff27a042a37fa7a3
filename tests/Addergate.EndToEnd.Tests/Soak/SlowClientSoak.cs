using System.Globalization;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Soak;

/// <summary>What ordinary clients notice of slow ones: docs/operations/slow-clients.md has what this prints.</summary>
[Collection("soak")] // They measure, so one after another.
[Trait("Suite", "soak")]
[Trait("Runs", "once")]
public sealed class SlowClientSoak(ITestOutputHelper output)
{
    private const int Rounds = 3;
    private const double Rate = 200;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    [Fact]
    public void Ordinary_clients_beside_four_hundred_slow_ones()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--processes", "1", "--threads", "5", "--queue-limit", "300"));
        // The first seconds are the compiler's.
        Ask(server);
        for (var round = 0; round < Rounds; round++)
        {
            Print("alone", Ask(server));
            using var slow = new SlowCrowd(server);
            Print("beside 200 that send and 200 that read a byte at a time", Ask(server));
            output.WriteLine(slow.ToString());
            slow.AssertNoneReachedTheApplication();
        }
    }

    private static OpenLoad Ask(ServerProcess server)
    {
        var load = OpenLoad.Run(server.Port, "/hello", Rate, Duration, TimeSpan.FromSeconds(30), waitsForAll: true);
        Assert.Equal(load.Outcomes.Count, load.Of(200).Count);
        return load;
    }

    private void Print(string how, OpenLoad load) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Rate}/s {how}: {load.Outcomes.Count} × 200, p50 {Milliseconds(load, 0.5):F2}, "
        + $"p99 {Milliseconds(load, 0.99):F2}, p99.9 {Milliseconds(load, 0.999):F2} ms"));

    private static double Milliseconds(OpenLoad load, double quantile) => load.Quantile(200, quantile).TotalMilliseconds;
}
