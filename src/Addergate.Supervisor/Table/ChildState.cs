namespace Addergate.Supervisor.Table;

/// <summary>Where a child, front end or worker, is in its life.</summary>
internal enum ChildState
{
    /// <summary>Spawned, not yet ready.</summary>
    Starting,

    /// <summary>Serving, or able to.</summary>
    Ready,

    /// <summary>Gets nothing new and finishes what runs.</summary>
    Draining,

    /// <summary>Told to end, or killed.</summary>
    Stopping,

    /// <summary>The process has ended.</summary>
    Gone,
}
