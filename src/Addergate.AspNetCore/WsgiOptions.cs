using Addergate.Settings.Model;

namespace Addergate.AspNetCore;

/// <summary>What the WSGI dispatch of one server needs to know; set by <c>AddWsgi</c>, read once.</summary>
public sealed class WsgiOptions
{
    /// <summary>What clients may send and how much is held for them.</summary>
    public LimitSettings Limits { get; set; } = new()
    {
        // As mod_wsgi-express --limit-request-body: 10 MiB.
        RequestBody = 10 * 1024 * 1024,
        RequestBuffering = true,
        RequestBodyInMemory = 256 * 1024,
        // As mod_wsgi response-buffer-size: 8 MiB.
        ResponseBuffer = 8 * 1024 * 1024,
        TotalMemory = 256L * 1024 * 1024,
        TotalSpool = 4L * 1024 * 1024 * 1024,
    };

    /// <summary>Directory of the spool files for large request bodies. They have no name in it, so nothing is left
    /// behind by a crash.</summary>
    public string SpoolDirectory { get; set; } = Path.GetTempPath();

    /// <summary>How long the server may wait for the body of one request, all waiting together; zero for ever. The web
    /// server's least data rate counts beside it.</summary>
    public TimeSpan BodyTimeout { get; set; }

    /// <summary>How long a client may send nothing of a body before it gets 408; zero for ever. As mod_wsgi-express
    /// <c>--socket-timeout</c>.</summary>
    public TimeSpan SocketTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a client may take less than 240 bytes a second of its response before its connection is reset;
    /// zero for ever. As mod_wsgi-express <c>--response-socket-timeout</c>.</summary>
    public TimeSpan ResponseSocketTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Value of the <c>Server</c> response header where the application set none; null leaves it to the web
    /// server.</summary>
    public string? ServerHeader { get; set; }

    /// <summary>How long a request may wait for a slot before it is answered with 504; zero for ever. As
    /// mod_wsgi-express <c>--queue-timeout</c>.</summary>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How many requests may wait; more are answered with 503. Null for 100 + 10 × slots.</summary>
    public int? QueueLimit { get; set; }

    /// <summary>Who gets the next free slot.</summary>
    public QueuePolicy QueuePolicy { get; set; } = QueuePolicy.Adaptive;

    /// <summary>How many slots there will be once all workers are ready, for <see cref="QueueLimit"/>: so that it does not
    /// shrink while one is replaced. 0 where that is not known.</summary>
    public int ExpectedSlots { get; set; }

    /// <summary>How long a request may run, without the time in which it waits for its client; zero for ever. A mount
    /// may have its own. As mod_wsgi-express <c>--request-timeout</c>.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>After which a request that runs is described in the log, by its worker; zero for never. As mod_wsgi-express
    /// <c>--slow-requests</c>.</summary>
    public TimeSpan SlowRequest { get; set; }

    /// <summary>How long a request that ran for too long may take to end before its worker is replaced; zero replaces it
    /// at once.</summary>
    public TimeSpan InterruptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>URL paths whose requests, and those below them, do not count as activity of a worker.</summary>
    public IReadOnlyList<string> IgnoreActivity { get; set; } = [];

    /// <summary>Whether requests may carry what a proxy says of the server (<see cref="Proxies.ProxiedServer"/>).</summary>
    internal bool IsProxied { get; set; }

    /// <summary>Whether requests may be for error pages (<see cref="ErrorPages.ErrorPageRequest"/>).</summary>
    internal bool HasErrorPages { get; set; }

    /// <summary>Whether requests may be for files that scripts answer for (<see cref="Files.Handlers.HandledFile"/>).</summary>
    internal bool HasFileHandlers { get; set; }

    /// <summary>What its figures are counted under; null where nobody asks for them.</summary>
    internal string? MeasuredAs { get; set; }

    /// <summary>Whether requests carry a record for the access log that wants to be filled in.</summary>
    internal bool IsAccessLogged { get; set; }
}
