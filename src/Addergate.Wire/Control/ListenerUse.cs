namespace Addergate.Wire.Control;

/// <summary>What a listening socket is for.</summary>
public enum ListenerUse : byte
{
    /// <summary>The site, without TLS.</summary>
    Plain = 0,

    /// <summary>The site, with TLS.</summary>
    Secure = 1,

    /// <summary>The page with the server's figures, for this machine.</summary>
    Telemetry = 2,
}
