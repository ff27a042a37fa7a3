namespace Addergate.Wire.Claims;

/// <summary>Who owns a request, as a slot's claim word says it.</summary>
public enum ClaimState
{
    /// <summary>No request.</summary>
    Idle = 0,

    /// <summary>The front end sent it; Python has not seen it. It may still be sent elsewhere.</summary>
    Sent = 1,

    /// <summary>The worker took it, with the GIL held: it has started, and is never sent again.</summary>
    Claimed = 2,

    /// <summary>The front end took it back before the worker claimed it; the worker must drop it.</summary>
    Cancelled = 3,
}
