namespace Addergate.Worker.Wsgi;

/// <summary>What became of a block of the response.</summary>
internal enum WriteResult
{
    /// <summary>It was taken; ask for the next.</summary>
    Taken,

    /// <summary>No head: start_response was not called.</summary>
    NoHead,

    /// <summary>Nobody wants it: the client or the front end is gone.</summary>
    Gone,

    /// <summary>It is more than Content-Length allows; what fitted was taken.</summary>
    Excess,

    /// <summary>This response has no body (HEAD, 204, 304), so the rest need not be made.</summary>
    NotWanted,
}
