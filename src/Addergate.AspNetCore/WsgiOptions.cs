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

    /// <summary>Value of the <c>Server</c> response header where the application set none; null leaves it to the web
    /// server.</summary>
    public string? ServerHeader { get; set; }

    /// <summary>Whether requests carry a record for the access log that wants to be filled in.</summary>
    internal bool IsAccessLogged { get; set; }
}
