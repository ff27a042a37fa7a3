namespace Addergate.AspNetCore.Proxies;

/// <summary>What a trusted proxy says of the server that the client has asked, where a request has no place for it. It
/// hangs on the request as a feature.</summary>
internal sealed class ProxiedServer
{
    /// <summary><c>SERVER_NAME</c>, or null.</summary>
    public string? Name { get; set; }

    /// <summary><c>SERVER_PORT</c>, or null.</summary>
    public string? Port { get; set; }

    /// <summary><c>SCRIPT_NAME</c> in the place of the mount point here, or null. Latin-1.</summary>
    public string? MountPoint { get; set; }
}
