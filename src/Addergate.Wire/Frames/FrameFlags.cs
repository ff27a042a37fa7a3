namespace Addergate.Wire.Frames;

/// <summary>Flags of a frame header; which are allowed depends on the kind.</summary>
[Flags]
public enum FrameFlags : byte
{
    None = 0,

    /// <summary>On RESPONSE and DATA: the response is complete with this frame. On BODY: nothing follows it.</summary>
    End = 1,

    /// <summary>On BODY_END: the client went away before the body was complete.</summary>
    Disconnected = 2,

    /// <summary>On BODY_END: the body is larger than the limit.</summary>
    TooLarge = 4,

    /// <summary>On BODY_END: the body was not valid HTTP (chunk framing), or the client was too slow.</summary>
    Invalid = 8,

    /// <summary>On ABORT: the application was ended by RequestTimeout, or ended itself with it.</summary>
    TimedOut = 16,
}
