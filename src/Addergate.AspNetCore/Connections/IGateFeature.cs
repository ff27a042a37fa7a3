namespace Addergate.AspNetCore.Connections;

/// <summary>A connection's gate before the HTTP/1 parser.</summary>
internal interface IGateFeature
{
    /// <summary>What follows the current request is no HTTP, and is passed on as it is. Before the client is told, and while
    /// nothing reads from the connection.</summary>
    void Open();
}
