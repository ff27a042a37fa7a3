namespace Addergate.Wire.Administration;

/// <summary>
/// Where a running server takes commands: a Unix stream socket in its server root, mode 0600. A client sends one line of
/// JSON (<see cref="AdminRequest"/>) and reads lines of JSON (<see cref="AdminReply"/>) until the server closes.
/// </summary>
public static class AdminEndpoint
{
    /// <summary>The socket's name in the server root. Distinctive, since /proc/net/unix is searched for it.</summary>
    public const string FileName = "addergate.control";

    /// <summary>Longest request line in bytes; a client that sends more is not one of ours.</summary>
    public const int MaxRequest = 4096;
}
