namespace Addergate.Wire.Logs;

/// <summary>Which log a datagram belongs to.</summary>
public enum LogRecordKind : byte
{
    /// <summary>A record of the server itself or of <c>wsgi.errors</c>: it may have many lines and stays whole.</summary>
    Error = 1,

    /// <summary>Finished access log lines, each ended by a newline.</summary>
    Access = 2,
}
