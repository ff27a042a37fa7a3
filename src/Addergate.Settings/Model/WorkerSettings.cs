namespace Addergate.Settings.Model;

/// <summary>The pool, what a worker may use, and what makes one be replaced. Zero limits are off.</summary>
public sealed record WorkerSettings
{
    /// <summary>How many worker processes; the pool never shrinks below it.</summary>
    public required int Processes { get; init; }

    /// <summary>How many the pool may grow to; never below <see cref="Processes"/>, equal to it = a fixed pool.</summary>
    public required int MaximumProcesses { get; init; }

    /// <summary>Request threads, and so slots, in each.</summary>
    public required int Threads { get; init; }

    /// <summary>Fork workers from a template that has imported the application.</summary>
    public required bool Preload { get; init; }

    /// <summary>Requests of one worker, before jitter.</summary>
    public required int MaximumRequests { get; init; }

    /// <summary>Percent by which <see cref="MaximumRequests"/> and <see cref="TimeoutSettings.RestartInterval"/> differ from
    /// worker to worker, up and down.</summary>
    public required int RecycleJitter { get; init; }

    /// <summary>CPU time of one worker after which it is replaced, and by rlimit killed somewhat later.</summary>
    public required TimeSpan CpuTimeLimit { get; init; }

    /// <summary>Resident bytes of one worker after which it is replaced.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>RLIMIT_DATA in bytes.</summary>
    public required long DataLimit { get; init; }

    /// <summary>RLIMIT_AS in bytes.</summary>
    public required long VirtualMemoryLimit { get; init; }

    /// <summary>Bytes of stack for each request thread; zero = Python's default.</summary>
    public required int StackSize { get; init; }

    /// <summary>Nice value, -20 to 19.</summary>
    public required int CpuPriority { get; init; }

    /// <summary>Reload when the entry's file changes.</summary>
    /// <summary>umask of the application's processes; null = the server's.</summary>
    public int? FileMask { get; init; }

    public required bool ReloadOnScriptChange { get; init; }

    /// <summary>Whether the application is reloaded when a file of a module that it has imported changes.</summary>
    public bool ReloadOnChanges { get; init; }

    /// <summary>URL paths whose requests, and those below them, do not count as activity.</summary>
    public required IReadOnlyList<string> IgnoreActivity { get; init; }
}
