namespace Addergate.AspNetCore.Slots;

/// <summary>Where a slot connection stands.</summary>
internal enum SlotPhase
{
    /// <summary>No request; the worker has nothing to say.</summary>
    Idle,

    /// <summary>A request was sent, and nothing has come back: Python may not have seen it.</summary>
    Sent,

    /// <summary>The worker has answered something: it runs the request.</summary>
    Answering,

    /// <summary>The request was taken back before it was claimed; DROPPED is awaited.</summary>
    Cancelled,

    /// <summary>The worker was told to let go of the connection.</summary>
    Goodbye,

    Closed,
}
