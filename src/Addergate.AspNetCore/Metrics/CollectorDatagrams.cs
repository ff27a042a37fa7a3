using Addergate.Settings.Model;
using Addergate.Wire.Administration;
using Addergate.Wire.Frames;
using Addergate.Wire.Telemetry;

namespace Addergate.AspNetCore.Metrics;

/// <summary>
/// Says in mod_wsgi's format what happened in an interval: a datagram for each worker, for each slow request, and for each worker
/// that came or went. What only the worker knows (its GIL, its reads and writes, its garbage collector) is left out. One
/// interval after another.
/// </summary>
/// <param name="settings">The server's.</param>
/// <param name="slow">The slow requests, application by application.</param>
/// <param name="send">Takes a datagram, at once or never.</param>
internal sealed class CollectorDatagrams(
    ServerSettings settings, IReadOnlyList<SlowRequestLog> slow, CollectorDatagrams.Sending send)
{
    // Of a worker that ended by itself there is no reason among mod_wsgi's; and these end it in the middle of its work.
    private static readonly string[] Forced = ["crash", "deadlock_timeout", "request_timeout", "startup_timeout", "start_failed"];

    private readonly DatagramWriter _writer = new(new FrameBuffer(DatagramWriter.MostBytes));
    private readonly Dictionary<int, uint> _numbers = [];
    private readonly Dictionary<int, int> _applications = [];
    private readonly long[] _slowTold = new long[slow.Count];
    private readonly string _host = Environment.MachineName;
    private long? _eventsTold;

    public delegate void Sending(ReadOnlySpan<byte> datagram);

    public void Tell(MetricsInterval interval)
    {
        foreach (var worker in interval.Workers)
        {
            _applications[worker.ProcessId] = worker.Application;
        }

        var events = NewEvents(interval);
        foreach (var happened in events.Where(static one => one.What == "ready"))
        {
            Tell(happened, interval);
        }

        foreach (var worker in interval.Workers)
        {
            Tell(worker, interval);
        }

        TellSlow(interval.Sample.Time);
        foreach (var happened in events.Where(static one => one.What != "ready"))
        {
            Tell(happened, interval);
        }
    }

    private void Tell(WorkerInterval worker, MetricsInterval interval)
    {
        var sample = interval.Sample;
        var process = sample.Processes.FirstOrDefault(one => one.ProcessId == worker.ProcessId);
        var known = interval.Server?.Processes.FirstOrDefault(one => one.ProcessId == worker.ProcessId);
        var hosted = settings.Pools[worker.Application];
        var counts = worker.Counts;
        Begin(DatagramKind.Requests, worker.ProcessId, sample.Time);
        Identify(worker.ProcessId, isWhole: true, interval.Server);
        _writer.Add(DatagramField.SamplePeriod, sample.Seconds);
        _writer.Add(DatagramField.Interval, settings.Telemetry.Interval.TotalSeconds);
        _writer.Add(DatagramField.SlowThreshold, hosted.Timeouts.SlowRequest.TotalSeconds);
        _writer.Add(DatagramField.RequestCount, counts.Requests);
        _writer.Add(DatagramField.Throughput, counts.Requests / sample.Seconds);
        _writer.Add(DatagramField.Utilization, Math.Min(1, counts.BusySeconds / sample.Seconds / hosted.Workers.Threads));
        if (process?.Cores is { } cores)
        {
            _writer.Add(DatagramField.CpuUtilization, cores);
        }

        if (known?.CpuSeconds is { } cpu)
        {
            _writer.Add(DatagramField.CpuTime, cpu);
        }

        if (process?.MemoryBytes is { } memory)
        {
            _writer.Add(DatagramField.ResidentMemory, memory);
        }

        _writer.Add(DatagramField.MostThreads, hosted.Workers.Threads);
        _writer.Add(DatagramField.ConnectedThreads, worker.Running.Count);
        _writer.Add(DatagramField.BusyThreads, worker.Running.Count(static one => one is not null));
        Add(DatagramField.FrontEndTime, counts[RequestPhase.FrontEnd]);
        Add(DatagramField.QueueTime, counts[RequestPhase.Queue]);
        Add(DatagramField.ApplicationTime, counts[RequestPhase.Application]);
        Add(DatagramField.WholeTime, counts[RequestPhase.Whole]);
        _writer.Add(DatagramField.BytesIn, counts.BytesIn);
        _writer.Add(DatagramField.BytesOut, counts.BytesOut);
        for (var index = 0; index < RequestCounts.Classes; index++)
        {
            _writer.Add((DatagramField)((int)DatagramField.StatusClasses + index), counts.ByClass[index]);
        }

        double[] elapsed = [.. worker.Running.Select(static seconds => seconds ?? 0)];
        _writer.Add(DatagramField.Elapsed, elapsed);
        send(_writer.Written);
    }

    private void Add(DatagramField mean, DurationHistogram durations)
    {
        _writer.Add(mean, durations.Mean);
        if (durations.Count > 0)
        {
            _writer.Add((DatagramField)((int)mean + 10), durations.Shortest);
            _writer.Add((DatagramField)((int)mean + 20), durations.Longest);
        }

        _writer.Add((DatagramField)((int)mean + 30), durations.FromMillisecond());
    }

    private void TellSlow(double now)
    {
        for (var index = 0; index < slow.Count; index++)
        {
            var ended = slow[index].EndedAfter(_slowTold[index], out _slowTold[index]);
            foreach (var request in ended)
            {
                Tell(request, now);
            }

            foreach (var request in slow[index].Running(now))
            {
                Tell(request, now);
            }
        }
    }

    private void Tell(SlowRequest request, double now)
    {
        Begin(DatagramKind.SlowRequest, request.ProcessId, now);
        _writer.Add(DatagramField.SlowState, request.Status is null ? 0L : 1);
        _writer.Add(DatagramField.SlowStart, request.Start - request.Queue - request.FrontEnd);
        _writer.Add(DatagramField.SlowSeconds, request.Seconds + request.Queue + request.FrontEnd);
        _writer.Add(DatagramField.SlowThread, request.Thread + 1L);
        _writer.Add(DatagramField.SlowRequestId, request.RequestId);
        _writer.Add(DatagramField.SlowServer, Environment.ProcessId);
        _writer.Add(DatagramField.SlowMethod, request.Method);
        _writer.Add(DatagramField.SlowScheme, request.Scheme);
        _writer.Add(DatagramField.SlowHost, request.Host);
        _writer.Add(DatagramField.SlowScriptName, request.ScriptName);
        _writer.Add(DatagramField.SlowPath, request.Path);
        _writer.Add(DatagramField.SlowProtocol, request.Protocol);
        _writer.Add(DatagramField.SlowClient, request.Client);
        if (settings.Telemetry.TellsUserAgent)
        {
            _writer.Add(DatagramField.SlowUserAgent, request.UserAgent);
        }

        _writer.Add(DatagramField.SlowFrontEnd, request.FrontEnd);
        _writer.Add(DatagramField.SlowQueue, request.Queue);
        _writer.Add(DatagramField.SlowApplication, request.Seconds);
        _writer.Add(DatagramField.SlowBytesIn, request.BytesIn);
        _writer.Add(DatagramField.SlowBytesOut, request.BytesOut);
        _writer.Add(DatagramField.SlowStatus, request.Status ?? 0L);
        send(_writer.Written);
    }

    private void Tell(ProcessEvent happened, MetricsInterval interval)
    {
        var kind = happened.What switch
        {
            "ready" => DatagramKind.ProcessStarted,
            "stopping" => DatagramKind.ProcessStopping,
            _ => DatagramKind.ProcessStopped,
        };
        Begin(kind, happened.ProcessId, happened.Time);
        Identify(happened.ProcessId, isWhole: kind == DatagramKind.ProcessStarted, interval.Server);
        _writer.Add(DatagramField.ShutdownReason, happened.Reason);
        if (kind == DatagramKind.ProcessStopping)
        {
            var worker = interval.Workers.FirstOrDefault(one => one.ProcessId == happened.ProcessId);
            _writer.Add(DatagramField.RunningAtDecision, worker?.Running.Count(static one => one is not null) ?? 0L);
        }
        else if (kind == DatagramKind.ProcessStopped)
        {
            _writer.Add(DatagramField.Uptime, happened.AgeSeconds);
            _writer.Add(DatagramField.LifetimeRequests, happened.Completed);
            var isGraceful = !Forced.Contains(happened.Reason) && !happened.Reason.Contains(' ');
            _writer.Add(DatagramField.RunningAtExit, 0L);
            _writer.Add(DatagramField.IsGraceful, isGraceful ? 1L : 0);
            _numbers.Remove(happened.ProcessId);
            _applications.Remove(happened.ProcessId);
        }

        send(_writer.Written);
    }

    /// <summary>What has happened to workers since the last interval; of what was before this front end, only who is there.
    /// </summary>
    private ProcessEvent[] NewEvents(MetricsInterval interval)
    {
        if (interval.Server is not { } server)
        {
            return [];
        }

        var isFirst = _eventsTold is null;
        var told = _eventsTold ?? 0;
        _eventsTold = server.Events.Count == 0 ? told : server.Events[^1].Number;
        var living = server.Processes.Select(static one => one.ProcessId).ToHashSet();
        return
        [
            .. server.Events.Where(one => one.Number > told
                && one.ProcessId != 0
                && one.Process.StartsWith("worker", StringComparison.Ordinal)
                && (!isFirst || (one.What == "ready" && living.Contains(one.ProcessId)))),
        ];
    }

    private void Begin(DatagramKind kind, int processId, double stamp)
    {
        var number = _numbers.GetValueOrDefault(processId) + 1;
        _numbers[processId] = number;
        _writer.Begin(kind, processId, number, stamp);
    }

    private void Identify(int processId, bool isWhole, ServerSnapshot? server)
    {
        var hosted = settings.Pools[_applications.GetValueOrDefault(processId)];
        if (isWhole)
        {
            _writer.Add(DatagramField.ServerVersion, $"Addergate {server?.Version}".TrimEnd());
            _writer.Add(DatagramField.ParentProcess, server?.Processes[0].ProcessId ?? Environment.ProcessId);
        }

        _writer.Add(DatagramField.HostName, _host);
        _writer.Add(
            DatagramField.ProcessGroup,
            hosted.Application.ProcessGroup ?? (settings.Pools.Count > 1 ? hosted.Name : $"localhost:{settings.Listen.Port}"));
    }
}
