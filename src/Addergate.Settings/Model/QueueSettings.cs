namespace Addergate.Settings.Model;

/// <summary>The queue of requests that wait for a slot.</summary>
public sealed record QueueSettings
{
    /// <summary>Requests that may wait; null = 100 + 10 × slots, which changes with the pool.</summary>
    public int? Limit { get; init; }

    public required QueuePolicy Policy { get; init; }
}
