namespace Addergate.Worker.Slots;

/// <summary>What came of waiting for a frame.</summary>
internal enum ReceiveResult
{
    /// <summary>A whole frame is there.</summary>
    Frame,

    /// <summary>The front end is gone, or the slot was woken to stop.</summary>
    Closed,

    /// <summary>The peer does not speak the protocol; the connection must be closed.</summary>
    Malformed,
}
