namespace Addergate.AspNetCore.Responses;

/// <summary>What the slot's reader does after a batch.</summary>
internal enum RelayProgress
{
    /// <summary>Reads on.</summary>
    Continue,

    /// <summary>Reads no more until <see cref="IRelayOwner.ResumeReading"/>, and touches nothing before.</summary>
    Pause,

    /// <summary>Reads on and discards: the client has gone.</summary>
    ClientGone,
}
