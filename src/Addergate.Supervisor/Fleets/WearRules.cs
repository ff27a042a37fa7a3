using Addergate.Posix.Processes;

namespace Addergate.Supervisor.Fleets;

/// <summary>Tells when a worker that serves has had its time. Limits on memory and CPU time that it exceeded before its
/// first request are no reason: its replacement would be no better.</summary>
/// <param name="policy">The limits.</param>
/// <param name="time">The clock.</param>
internal sealed class WearRules(FleetPolicy policy, TimeProvider time)
{
    private TimeSpan CpuTime => policy.Workers.CpuTimeLimit;

    private long Memory => policy.Workers.MemoryLimit;

    /// <summary>Whether the rules look at what a process uses.</summary>
    public bool NeedUsage => CpuTime > TimeSpan.Zero || Memory > 0;

    /// <summary>The first rule that the worker breaks, or null.</summary>
    /// <param name="worker">A worker that serves.</param>
    /// <param name="usage">What it uses; null when that is not known.</param>
    public RecycleReason? Check(Child worker, ProcessUsage? usage)
    {
        if (usage is { } now && worker.UsageAtStart is { } start)
        {
            if (IsOver(now.ResidentBytes, Memory) && !IsOver(start.ResidentBytes, Memory))
            {
                return RecycleReason.MemoryLimit;
            }

            if (IsOver(now.CpuTime.Ticks, CpuTime.Ticks) && !IsOver(start.CpuTime.Ticks, CpuTime.Ticks))
            {
                return RecycleReason.CpuTimeLimit;
            }
        }

        if (worker.ServesFor is { } longest && time.GetElapsedTime(worker.ReadyAt) >= longest)
        {
            return RecycleReason.RestartInterval;
        }

        // One that has had nothing to do yet has nothing to give back.
        return policy.Timeouts.Inactivity > TimeSpan.Zero
            && worker.Activity is { IsActive: false, LastActive: { } last }
            && time.GetElapsedTime(last) >= policy.Timeouts.Inactivity
                ? RecycleReason.InactivityTimeout
                : null;
    }

    /// <summary>The options whose limit a worker is over when it becomes ready; null for none.</summary>
    public string? Hopeless(ProcessUsage start) =>
        (IsOver(start.ResidentBytes, Memory), IsOver(start.CpuTime.Ticks, CpuTime.Ticks)) switch
        {
            (true, true) => "--memory-limit and --cpu-time-limit",
            (true, false) => "--memory-limit",
            (false, true) => "--cpu-time-limit",
            _ => null,
        };

    private static bool IsOver(long used, long limit) => limit > 0 && used >= limit;
}
