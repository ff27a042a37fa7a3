namespace Addergate.AspNetCore.Proxies;

/// <summary>What was found at the start of a connection.</summary>
internal enum ProxyPreambleStatus
{
    /// <summary>More bytes are needed to tell.</summary>
    Incomplete,

    Complete,

    /// <summary>It is none: the connection is of no use.</summary>
    Malformed,
}
