using System.Text.Json;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Logs;
using Addergate.AspNetCore.Status;
using Addergate.Wire.Administration;
using Addergate.Wire.Telemetry;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Metrics;

/// <summary>
/// Looks at the applications once in an interval, asks the supervisor about the processes, keeps the last samples and tells
/// them on. One task of the thread pool does all of it; readers take what is there.
/// <code>
///  requests ──► RequestTally ──┐
///  slots ──────────────────────┼─► sample ──► ring ──► page, /metrics
///  supervisor: STATUS ─────────┘       └────► listeners
/// </code>
/// </summary>
internal sealed partial class MetricsSampler : ITelemetrySource
{
    // More than this many are not drawn one by one.
    private const int MostProcesses = 64;

    private readonly SnapshotSource _snapshots;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly ILogger _logger;
    private readonly Reminder _failures;
    private readonly WsgiApplication[] _applications;
    private readonly RequestCounts[] _totals;
    private readonly SampleRing _ring = new();
    private readonly double _started;
    private ServerSnapshot? _server;
    private long _number;

    public MetricsSampler(
        WsgiApplications applications,
        SnapshotSource snapshots,
        TimeProvider time,
        TimeSpan interval,
        ILogger<MetricsSampler> logger)
    {
        _snapshots = snapshots;
        _time = time;
        _interval = interval;
        _logger = logger;
        _failures = new Reminder(time);
        _applications = [.. applications.All.Where(static application => application.Services.Metrics is not null)];
        _totals = [.. _applications.Select(static _ => new RequestCounts())];
        _started = Now();
    }

    /// <summary>Called with each sample, before it is known to readers. Where it throws, they do not get it.</summary>
    public Action<MetricsInterval>? Sampled { get; set; }

    /// <summary>Samples for ever, whatever becomes of a single sample.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_interval, _time);
        var before = _time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                var server = await AskAsync().ConfigureAwait(false);
                var now = _time.GetTimestamp();
                var seconds = _time.GetElapsedTime(before, now).TotalSeconds;
                before = now;
                TakeSample(server, seconds, now);
            }
            catch (Exception error)
            {
                if (_failures.IsDue(out var count))
                {
                    SampleFailed(_logger, count, error);
                }
            }
        }
    }

    public TelemetryState Read(long known)
    {
        var now = Now();
        return new TelemetryState
        {
            Started = _started,
            Now = Rounded(now),
            Interval = _interval.TotalSeconds,
            SlowAfter = [.. _applications.Select(static application => application.Services.Options.SlowRequest.TotalSeconds)],
            Server = Volatile.Read(ref _server),
            Samples = _ring.After(known),
            Threads = [.. _applications.SelectMany(ThreadsOf)],
            SlowRunning =
            [
                .. _applications.SelectMany(application => application.Services.Metrics!.Slow.Running(now))
                    .OrderBy(static request => request.Start),
            ],
            SlowEnded =
            [
                .. _applications.SelectMany(static application => application.Services.Metrics!.Slow.EndedAfter(0, out _))
                    .OrderByDescending(static request => request.Start + request.Seconds),
            ],
        };
    }

    public IReadOnlyList<ApplicationTotals> Totals()
    {
        var last = _ring.Last;
        var totals = new ApplicationTotals[_applications.Length];
        for (var index = 0; index < totals.Length; index++)
        {
            var pool = _applications[index].Pool;
            var counts = new RequestCounts();
            lock (_totals[index])
            {
                counts.Add(_totals[index]);
            }

            totals[index] = new ApplicationTotals(
                _applications[index].Services.Metrics!.Name,
                counts,
                pool.Refused,
                pool.QueueTimeouts + pool.RunTimeouts,
                last?.Applications[index]);
        }

        return totals;
    }

    private async Task<ServerSnapshot?> AskAsync()
    {
        var json = await _snapshots.AskAsync().ConfigureAwait(false);
        return json is null ? null : JsonSerializer.Deserialize(json, AdminJson.Compact.ServerSnapshot);
    }

    private void TakeSample(ServerSnapshot? server, double seconds, long now)
    {
        var workers = new List<WorkerInterval>();
        var samples = new ApplicationSample[_applications.Length];
        for (var index = 0; index < samples.Length; index++)
        {
            samples[index] = SampleOf(index, seconds, now, workers);
        }

        var before = _server;
        var sample = new TelemetrySample(
            ++_number, Rounded(Now()), Rounded(seconds), samples, [.. ProcessesOf(server, before, seconds, workers)]);
        if (server is not null)
        {
            Volatile.Write(ref _server, server);
        }

        Sampled?.Invoke(new MetricsInterval(sample, workers, server, before));
        _ring.Add(sample);
    }

    private ApplicationSample SampleOf(int index, double seconds, long now, List<WorkerInterval> workers)
    {
        var pool = _applications[index].Pool;
        var slots = pool.Slots;
        var counts = new RequestCounts();
        foreach (var tally in _applications[index].Services.Metrics!.Tallies())
        {
            double?[] threads = [.. slots.Where(slot => slot.Worker.Tally == tally).Select(static slot => slot.TakenFor)];
            var taken = tally.Take(threads.OfType<double>(), now);
            counts.Add(taken);
            if (tally.ProcessId != 0)
            {
                workers.Add(new WorkerInterval(index, tally.ProcessId, taken, threads));
            }
        }

        lock (_totals[index])
        {
            _totals[index].Add(counts);
        }

        var whole = counts[RequestPhase.Whole];
        return new ApplicationSample
        {
            Requests = counts.Requests,
            Classes = counts.ByClass.ToArray(),
            ClientsGone = counts.ClientsGone,
            CutOff = counts.CutOff,
            BytesIn = counts.BytesIn,
            BytesOut = counts.BytesOut,
            Busy = Rounded(counts.BusySeconds / seconds),
            Capacity = pool.Capacity,
            Waiting = pool.Waiting,
            OldestWait = Rounded(pool.OldestWait(now) / (double)_time.TimestampFrequency),
            Phases = [.. Enum.GetValues<RequestPhase>().Select(phase => Rounded(counts[phase].Mean))],
            Median = Rounded(whole.Percentile(0.5)),
            Percentile90 = Rounded(whole.Percentile(0.9)),
            Percentile99 = Rounded(whole.Percentile(0.99)),
            Longest = Rounded(whole.Longest),
            Octaves = whole.ByOctave(),
        };
    }

    private static IEnumerable<ProcessSample> ProcessesOf(
        ServerSnapshot? server, ServerSnapshot? before, double seconds, List<WorkerInterval> workers)
    {
        foreach (var process in server?.Processes.Take(MostProcesses) ?? [])
        {
            // A number that was given out again belongs to a younger process.
            var earlier = before?.Processes.FirstOrDefault(one =>
                one.ProcessId == process.ProcessId && one.AgeSeconds <= process.AgeSeconds);
            // By the process's own age: when it was looked at, and not when the answer came here, which may be late.
            var lived = process.AgeSeconds - earlier?.AgeSeconds;
            var worker = workers.Find(one => one.ProcessId == process.ProcessId);
            yield return new ProcessSample(
                process.ProcessId,
                lived is > 0 ? Rounded(Math.Max(0, (process.CpuSeconds - earlier!.CpuSeconds ?? 0) / lived.Value)) : null,
                process.MemoryBytes,
                worker?.Counts.Requests,
                worker is null ? null : Rounded(worker.Counts.BusySeconds / seconds));
        }
    }

    private static IEnumerable<WorkerThreads> ThreadsOf(WsgiApplication application, int index) => application.Pool.Slots
        .GroupBy(static slot => slot.Worker)
        .OrderBy(static worker => worker.Key.Admission.Worker)
        .Select(worker => new WorkerThreads(
            worker.Key.Admission.ProcessId,
            index,
            [.. worker.OrderBy(static slot => slot.Index).Select(static slot => slot.TakenFor is { } taken ? Rounded(taken) : (double?)null)]));

    private double Now() => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    // Microseconds are enough, and shorter as JSON.
    private static double Rounded(double seconds) => Math.Round(seconds, 6);

    [LoggerMessage(1302, LogLevel.Error,
        "A sample of the telemetry could not be taken ({Count} since this was said last); the next one is tried. Please report this.")]
    private static partial void SampleFailed(ILogger logger, long count, Exception error);
}
