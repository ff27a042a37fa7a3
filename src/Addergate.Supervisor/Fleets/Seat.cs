namespace Addergate.Supervisor.Fleets;

/// <summary>One of a generation's workers, however often its process is replaced: the memory of failures outlives the
/// process, and so does the decision to replace it.</summary>
/// <param name="generation">The generation that it belongs to.</param>
internal sealed class Seat(Generation generation)
{
    public Generation Generation { get; } = generation;

    public Pool Pool => Generation.Pool;

    public Backoff Backoff { get; } = new();

    /// <summary>Who sits here; null while a replacement waits for its time.</summary>
    public Child? Worker { get; set; }

    /// <summary>Who takes the seat as soon as it is ready; null when nobody is on the way, or the seat is empty.</summary>
    public Child? Successor { get; set; }

    /// <summary>Why <see cref="Worker"/> is to be replaced; null when it may stay. Once set, it stays so until there is
    /// another worker, however often the replacement fails to start.</summary>
    public RecycleReason? Leaving { get; set; }

    /// <summary>It is this seat's turn: a replacement starts, or waits to be tried again.</summary>
    public bool IsReplacing { get; set; }

    /// <summary>A new worker is to be started here: nobody sits here, or the one who does is to be replaced.</summary>
    public bool IsWanting => Worker is null || (IsReplacing && Successor is null);

    /// <summary>Gives the seat to whoever is on the way, or to nobody.</summary>
    public void PassOn()
    {
        Worker = Successor;
        Successor = null;
        Leaving = null;
        IsReplacing = false;
    }
}
