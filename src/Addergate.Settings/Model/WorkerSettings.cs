namespace Addergate.Settings.Model;

/// <summary>The pool.</summary>
public sealed record WorkerSettings
{
    /// <summary>How many worker processes.</summary>
    public required int Processes { get; init; }

    /// <summary>Request threads, and so slots, in each.</summary>
    public required int Threads { get; init; }
}
