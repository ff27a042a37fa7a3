namespace Addergate.Supervisor.Table;

/// <summary>What can happen to a child.</summary>
internal enum ChildEvent
{
    /// <summary>It said READY.</summary>
    Ready,

    /// <summary>It said FAILED.</summary>
    Failed,

    /// <summary>It is no longer wanted; what runs in it may finish.</summary>
    Retire,

    /// <summary>Nothing runs in it any more: RETIRED for a worker, DRAINED from the front end.</summary>
    Idle,

    /// <summary>The time that it may spend in its state is over.</summary>
    Overdue,

    /// <summary>It is to end now, by its own exit handlers.</summary>
    Stop,

    /// <summary>It is to end at once.</summary>
    Kill,

    /// <summary>The process has ended.</summary>
    Ended,
}
