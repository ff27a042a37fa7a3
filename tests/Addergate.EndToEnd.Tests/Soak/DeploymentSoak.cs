using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Soak;

/// <summary>
/// The promise behind all planned restarts: whatever is recycled or deployed, no client notices. Part of
/// <c>make soak</c>.
/// </summary>
[Collection("soak")] // They measure, so one after another.
[Trait("Suite", "soak")]
[Trait("Runs", "once")]
public sealed class DeploymentSoak(ITestOutputHelper output)
{
    private const int Clients = 32;
    private const int Requests = 100_000;

    // Every tenth deployment is a broken one.
    private const int BrokenEvery = 10;

    private static readonly TimeSpan DeploymentPeriod = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("2000")]
    [InlineData("1")] // As fast as replacements can be ready.
    public void Nobody_notices_recycling_and_deployments(string maximumRequests)
    {
        using var directory = new TemporaryDirectory();
        var good = File.ReadAllText(Path.Combine(Layout.Repository, "examples/hello/hello.wsgi"));
        var script = directory.Write("app.py", good);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [script, "--processes", "2", "--threads", "4", "--maximum-requests", maximumRequests, "--log-level", "info"],
        });
        using var ended = new CancellationTokenSource();
        using var load = new Load(server.Port, Clients, "/");
        var deployments = 0;
        var deploying = Task.Run(
            async () =>
            {
                using var timer = new PeriodicTimer(DeploymentPeriod);
                while (await timer.WaitForNextTickAsync(ended.Token))
                {
                    deployments++;
                    directory.Write("app.py", deployments % BrokenEvery == 0 ? "raise RuntimeError('broken')\n" : good);
                    Signals.Send(server.Id, Signals.Hangup);
                }
            },
            TestContext.Current.CancellationToken);

        Until.True(
            () => load.Good + load.Bad >= Requests && deployments > BrokenEvery,
            $"{Requests} requests", () => $"{load}, {deployments} deployments\n{server.Logs}", Patience);
        ended.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => deploying.GetAwaiter().GetResult());
        load.Dispose();

        var recycled = server.Errors.Split('\n').Count(
            static line => line.Contains("maximum_requests", StringComparison.Ordinal));
        output.WriteLine(
            $"--maximum-requests {maximumRequests}: {Clients} clients saw {load} during {deployments} deployments "
            + $"({deployments / BrokenEvery} broken); {recycled} workers were worn out and replaced");
        Assert.True(recycled > 10, server.Logs);
        Assert.True(load.Bad == 0, $"{load}\n{server.Logs}");
    }

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
}
