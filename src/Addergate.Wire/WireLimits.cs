namespace Addergate.Wire;

/// <summary>
/// Every limit of the protocols between the roles, on one page. A reader checks a length against this page before it
/// allocates anything; both sides of a wire are built from the same commit, so a violation means garbage or an attack.
/// </summary>
public static class WireLimits
{
    /// <summary>The version that HELLO carries; a front end refuses a worker with another one.</summary>
    public const ushort ProtocolVersion = 1;

    /// <summary>Bytes before every payload: u32 length, u8 kind, u8 flags, u16 zero.</summary>
    public const int HeaderSize = 8;

    /// <summary>Largest request head in bytes, all environ items together. Kestrel's own limits are far lower.</summary>
    public const int MaxRequestHead = 1024 * 1024;

    /// <summary>Largest request body that travels in the REQUEST frame, in bytes.</summary>
    public const int MaxInlineBody = 128 * 1024;

    /// <summary>Largest response head in bytes: reason and all headers together.</summary>
    public const int MaxResponseHead = 1024 * 1024;

    /// <summary>Largest body payload in one frame. It is streamed, never buffered whole, so it costs no memory.</summary>
    public const int MaxBodyPayload = 1 << 30;

    /// <summary>Largest READ request and BODY answer, in bytes.</summary>
    public const int MaxReadSize = 1024 * 1024;

    /// <summary>Largest HELLO payload, in bytes.</summary>
    public const int MaxHello = 4096;

    /// <summary>Largest control message, in bytes. A resolved configuration and a certificate chain fit many times.</summary>
    public const int MaxControlMessage = 4 * 1024 * 1024;

    /// <summary>Most certificates of the TLS listeners.</summary>
    public const int MaxCertificates = 256;

    /// <summary>Largest log datagram in bytes; below Linux's default socket buffer (net.core.wmem_default, 208 KiB).</summary>
    public const int MaxLogRecord = 64 * 1024;

    /// <summary>Most slots in one worker. Bounds the claim page, which is mapped whole.</summary>
    public const int MaxSlots = 4096;

    /// <summary>Most applications of a server.</summary>
    public const int MaxApplications = 1024;

    /// <summary>Most workers that one LOAD tells of.</summary>
    public const int MaxWorkers = 64 * 1024;

    /// <summary>Most items in a request or response head.</summary>
    public const int MaxHeadItems = 4096;
}
