namespace Addergate.AspNetCore.Slots;

/// <summary>What the receive loop does after a batch.</summary>
internal enum BatchEnd
{
    Receive,

    /// <summary>Stops, and touches nothing: another thread may have started it again already.</summary>
    Paused,

    Closed,
}
