using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Metrics;
using Addergate.AspNetCore.Status;
using Addergate.AspNetCore.Tests.Fakes;
using Addergate.Wire.Control;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Tests.Metrics;

public sealed class MetricsSamplerTests
{
    private const int SampleFailed = 1302;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_sample_that_fails_is_told_and_does_not_end_the_others()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options => options.MeasuredAs = "main");
        var snapshots = new SnapshotSource(frontEnd.Get<SupervisorLink>(), TimeProvider.System);
        var sampler = new MetricsSampler(
            frontEnd.Get<WsgiApplications>(), snapshots, TimeProvider.System, Interval, frontEnd.Get<ILogger<MetricsSampler>>());
        using var stop = new CancellationTokenSource();
        var running = sampler.RunAsync(stop.Token);

        string[] answers = ["no snapshot", "nor this", "null"];
        for (var answered = 0; answered < answers.Length; answered++)
        {
            await Deadline.UntilAsync(() => Questions(frontEnd) > answered);
            snapshots.Take(answers[answered]);
        }

        await Deadline.UntilAsync(() => sampler.Read(0).Samples.Count > 0);
        Assert.Single(frontEnd.Log.Records, static record => record.Id.Id == SampleFailed);
        await stop.CancelAsync();
        // It may still wait for an answer.
        snapshots.Take("null");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(running.WithDeadline);
    }

    private static int Questions(TestFrontEnd frontEnd) =>
        frontEnd.Told.Count(static message => message is SignalMessage { Kind: ControlKind.AskStatus });
}
