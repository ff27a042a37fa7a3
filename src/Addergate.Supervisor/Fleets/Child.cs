using Addergate.Posix.Processes;
using Addergate.Settings.Model;
using Addergate.Supervisor.Table;

namespace Addergate.Supervisor.Fleets;

/// <summary>One process that the supervisor started, and what is known of it. Only the supervisor's loop touches it.
/// </summary>
internal sealed class Child
{
    public required ChildRole Role { get; init; }

    /// <summary>Given out once in the supervisor's life, to workers and front ends from the same row.</summary>
    public required uint Number { get; init; }

    /// <summary>The worker's place in its generation; null for a front end.</summary>
    public Seat? Seat { get; init; }

    /// <summary>The application of a worker; null for a front end.</summary>
    public Pool? Pool => Seat?.Pool;

    /// <summary>A worker's secret, which its slots must say.</summary>
    public (ulong High, ulong Low) Nonce { get; init; }

    /// <summary>0 before it is spawned, or forked.</summary>
    public int ProcessId { get; set; }

    public ChildState State { get; set; }

    /// <summary>When it became ready, in the clock's ticks; 0 before.</summary>
    public long ReadyAt { get; set; }

    /// <summary>Why it ends, once that is decided.</summary>
    public RecycleReason? Reason { get; set; }

    /// <summary>How its process has ended, for people; empty before.</summary>
    public string End { get; set; } = "";

    /// <summary>Requests that a worker may be given in its life; 0 for any number.</summary>
    public ulong MaximumRequests { get; init; }

    /// <summary>How long a worker may serve; null for as long as it likes.</summary>
    public TimeSpan? ServesFor { get; init; }

    /// <summary>What a worker used when it became ready; null before, or when nobody asks.</summary>
    public ProcessUsage? UsageAtStart { get; set; }

    public Heartbeat Heartbeat { get; } = new();

    public WorkerActivity Activity { get; } = new();

    /// <summary>For people. Of which application a worker is, is only said where there are several.</summary>
    public override string ToString() =>
        (Role == ChildRole.FrontEnd ? "front end" : $"worker {Number}{Of(Pool)}") + (ProcessId == 0 ? "" : $" (pid {ProcessId})");

    private static string Of(Pool? pool) =>
        pool is null or { Application.Name: HostedApplication.OnlyName } ? "" : $" of {pool.Application.Name}";
}
