namespace Addergate.Wire.Frames;

/// <summary>
/// What a frame on a slot connection is. Front end to worker below 16, worker to front end from 16 on; a frame in the
/// wrong direction is malformed. docs/design/0002-wire-format.md has the conversation.
/// </summary>
public enum FrameKind : byte
{
    /// <summary>Never sent: a zeroed header is malformed.</summary>
    None = 0,

    /// <summary>A request head, then the body if it is inline.</summary>
    Request = 1,

    /// <summary>The answer to READ: 1 to the asked number of body bytes.</summary>
    Body = 2,

    /// <summary>The answer to READ when nothing is left; its flags say whether the body ended well.</summary>
    BodyEnd = 3,

    /// <summary>The worker's slot is retired: end this request thread. Without it, a closed connection means that the
    /// front end died, and the thread connects again.</summary>
    Goodbye = 4,

    /// <summary>First frame of a connection, with the claim page's descriptor as SCM_RIGHTS.</summary>
    Hello = 16,

    /// <summary>A response head, then body bytes up to the frame's end.</summary>
    Response = 17,

    /// <summary>More body bytes.</summary>
    Data = 18,

    /// <summary>The worker wants up to N bytes of the request body; payload is a u32.</summary>
    Read = 19,

    /// <summary>The response ends here and is not whole: the client's connection is to be reset.</summary>
    Abort = 20,

    /// <summary>The worker found the request cancelled before it claimed it; the slot is idle again.</summary>
    Dropped = 21,
}
