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

    /// <summary>A worker's secret, which its slots must say.</summary>
    public (ulong High, ulong Low) Nonce { get; init; }

    /// <summary>0 before it is spawned.</summary>
    public int ProcessId { get; set; }

    public ChildState State { get; set; }

    /// <summary>When it became ready, in the clock's ticks; 0 before.</summary>
    public long ReadyAt { get; set; }

    public override string ToString() =>
        Role == ChildRole.FrontEnd ? $"front end (pid {ProcessId})" : $"worker {Number} (pid {ProcessId})";
}
