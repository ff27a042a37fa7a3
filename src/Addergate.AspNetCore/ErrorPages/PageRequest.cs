using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.ErrorPages;

/// <summary>The request for the page in place of the one that met the error: GET, or HEAD, without a body and without
/// conditions, from the same client.</summary>
internal sealed class PageRequest : IHttpRequestFeature, IHttpRequestBodyDetectionFeature
{
    private static readonly string[] OfOther =
    [
        "Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Expect", "Range", "If-Range", "If-Match",
        "If-None-Match", "If-Modified-Since", "If-Unmodified-Since",
    ];

    /// <param name="request">The one that met the error.</param>
    /// <param name="path">Decoded.</param>
    /// <param name="query">Empty, or begins with a question mark.</param>
    public PageRequest(IHttpRequestFeature request, string path, string query)
    {
        Protocol = request.Protocol;
        Scheme = request.Scheme;
        Method = HttpMethods.IsHead(request.Method) ? request.Method : HttpMethods.Get;
        Path = path;
        QueryString = query;
        RawTarget = new PathString(path).ToUriComponent() + query;
        foreach (var (name, values) in request.Headers)
        {
            if (!OfOther.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Headers[name] = values;
            }
        }
    }

    public string Protocol { get; set; }

    public string Scheme { get; set; }

    public string Method { get; set; }

    public string PathBase { get; set; } = "";

    public string Path { get; set; }

    public string QueryString { get; set; }

    public string RawTarget { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body { get; set; } = Stream.Null;

    public bool CanHaveBody => false;
}
