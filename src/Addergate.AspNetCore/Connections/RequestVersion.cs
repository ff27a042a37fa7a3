namespace Addergate.AspNetCore.Connections;

/// <summary>The version that a request line names.</summary>
internal enum RequestVersion
{
    /// <summary>One that is well formed and not served here.</summary>
    Unknown,
    Http10,
    Http11,
}
