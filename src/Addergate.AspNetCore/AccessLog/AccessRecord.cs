using System.Net;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>
/// One request for the access log. It hangs on the request as a feature, so that whoever serves the request can say
/// what only he knows; the rest is filled in when the response has ended.
/// </summary>
internal sealed class AccessRecord
{
    /// <summary>When the request's head was complete, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The same moment, for the duration.</summary>
    public required long StartTimestamp { get; init; }

    /// <summary>From the head to the last byte handed to the client's connection.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>How long it waited for a free thread of a worker; null when it did not come so far.</summary>
    public TimeSpan? QueueTime { get; set; }

    /// <summary>What the format has asked for beyond all else here, in its order.</summary>
    public string?[] Captured { get; set; } = [];

    /// <summary>Set by who serves the request; empty when nobody did.</summary>
    public string RequestId { get; set; } = "";

    /// <summary>Bytes of response body, set by who serves the request; -1 when nobody counted.</summary>
    public long BodyBytes { get; set; } = -1;

    /// <summary>Bytes that came over the connection for it, head and framing included; null when nobody counted.</summary>
    public long? BytesReceived { get; set; }

    /// <summary>Bytes that went over the connection for it, likewise.</summary>
    public long? BytesSent { get; set; }

    /// <summary>The client went away before its response was whole.</summary>
    public bool IsClientGone { get; set; }

    /// <summary>The response was cut off by us: the client's connection was reset.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>The web server refused it before it was a request: its answer is still to come.</summary>
    public bool IsRefused { get; init; }

    public IPAddress? RemoteAddress { get; set; }

    public string Method { get; set; } = "";

    /// <summary>The request target as sent.</summary>
    public string Target { get; set; } = "";

    public string Protocol { get; set; } = "";

    public string Host { get; set; } = "";

    public string Referer { get; set; } = "";

    public string UserAgent { get; set; } = "";

    public int Status { get; set; }
}
