namespace Addergate.AspNetCore.Connections;

/// <summary>
/// On a connection whose client may close its own direction and still wait for the answer (plain HTTP/1). A client that
/// went away with an ordinary close looks the same until something is sent to it, so such a request is the first to be
/// shed when the queue is long.
/// </summary>
public interface IHalfCloseFeature
{
    /// <summary>Whether the client has closed its direction.</summary>
    bool IsHalfClosed { get; }
}
