namespace Addergate.Wire.Requests;

/// <summary>The names of <see cref="CgiKey"/>, in its order.</summary>
public static class CgiKeys
{
    private static readonly string[] Table =
    [
        "",
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "PATH_INFO",
        "QUERY_STRING",
        "REQUEST_URI",
        "RAW_URI",
        "SERVER_PROTOCOL",
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_ADDR",
        "REMOTE_ADDR",
        "REMOTE_PORT",
        "REQUEST_SCHEME",
        "REMOTE_USER",
        "AUTH_TYPE",
        "HTTPS",
        "CONTENT_TYPE",
        "CONTENT_LENGTH",
        "mod_wsgi.request_id",
        "mod_wsgi.connection_id",
        "SSL_PROTOCOL",
        "SSL_CIPHER",
        "HTTP_HOST",
        "HTTP_USER_AGENT",
        "HTTP_ACCEPT",
        "HTTP_ACCEPT_ENCODING",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_ACCEPT_CHARSET",
        "HTTP_COOKIE",
        "HTTP_REFERER",
        "HTTP_CONNECTION",
        "HTTP_CACHE_CONTROL",
        "HTTP_PRAGMA",
        "HTTP_UPGRADE_INSECURE_REQUESTS",
        "HTTP_ORIGIN",
        "HTTP_AUTHORIZATION",
        "HTTP_X_REQUESTED_WITH",
        "HTTP_X_CSRFTOKEN",
        "HTTP_IF_NONE_MATCH",
        "HTTP_IF_MODIFIED_SINCE",
        "HTTP_IF_MATCH",
        "HTTP_IF_UNMODIFIED_SINCE",
        "HTTP_IF_RANGE",
        "HTTP_RANGE",
        "HTTP_DNT",
        "HTTP_SEC_FETCH_SITE",
        "HTTP_SEC_FETCH_MODE",
        "HTTP_SEC_FETCH_USER",
        "HTTP_SEC_FETCH_DEST",
        "HTTP_SEC_CH_UA",
        "HTTP_SEC_CH_UA_MOBILE",
        "HTTP_SEC_CH_UA_PLATFORM",
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_X_FORWARDED_PORT",
        "HTTP_X_REAL_IP",
        "HTTP_X_REQUEST_ID",
        "HTTP_X_REQUEST_START",
        "HTTP_FORWARDED",
        "HTTP_VIA",
        "HTTP_TRACEPARENT",
        "HTTP_TRACESTATE",
        "HTTP_EXPECT",
        "HTTP_PRIORITY",
        "HTTP_TE",
        "HTTP_TRANSFER_ENCODING",
        "HTTP_DATE",
        "HTTP_CONTENT_ENCODING",
        "HTTP_CONTENT_LANGUAGE",
        "HTTP_CONTENT_DISPOSITION",
        "HTTP_UPGRADE",
        "HTTP_KEEP_ALIVE",
        "HTTP_SAVE_DATA",
        "HTTP_TRAILER",
        "HTTP_SEC_GPC",
    ];

    private static readonly Dictionary<string, CgiKey> ByHeader = BuildByHeader();

    /// <summary>One more than the highest number.</summary>
    public static int Count => Table.Length;

    /// <summary>Names by number; number 0 has none.</summary>
    public static ReadOnlySpan<string> Names => Table;

    /// <summary>The key of a request header such as <c>User-Agent</c>, in any case;
    /// <see cref="CgiKey.Custom"/> when it has no number.</summary>
    public static CgiKey FindHeader(string headerName) => ByHeader.GetValueOrDefault(headerName);

    private static Dictionary<string, CgiKey> BuildByHeader()
    {
        var byHeader = new Dictionary<string, CgiKey>(StringComparer.OrdinalIgnoreCase);
        for (var number = 1; number < Table.Length; number++)
        {
            if (Table[number].StartsWith("HTTP_", StringComparison.Ordinal))
            {
                byHeader[Table[number]["HTTP_".Length..].Replace('_', '-')] = (CgiKey)number;
            }
        }

        byHeader["Content-Type"] = CgiKey.ContentType;
        byHeader["Content-Length"] = CgiKey.ContentLength;
        return byHeader;
    }
}
