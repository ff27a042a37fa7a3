namespace Addergate.Supervisor.Fleets;

/// <summary>One of a generation's workers, however often its process is replaced: the memory of failures outlives the
/// process.</summary>
/// <param name="generation">The generation that it belongs to.</param>
internal sealed class Seat(Generation generation)
{
    public Generation Generation { get; } = generation;

    public Backoff Backoff { get; } = new();

    /// <summary>Who sits here; null while a replacement waits for its time.</summary>
    public Child? Worker { get; set; }
}
