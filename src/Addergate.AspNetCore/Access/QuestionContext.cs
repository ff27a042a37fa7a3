using Addergate.AspNetCore.Proxies;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Access;

/// <summary>
/// The request that a question to the scripts is: that of the client, so that they see what it asks for, without its body and
/// what it proves itself with; the answer goes into memory.
/// </summary>
internal static class QuestionContext
{
    private const string Question = "Addergate-Access";

    private static readonly string[] Withheld =
        ["Authorization", "Content-Length", "Transfer-Encoding", "Expect", "Upgrade", "Connection", Question];

    /// <param name="client">The request in question.</param>
    /// <param name="question">For the header that the scripts' worker reads.</param>
    /// <param name="body">Gets the answer.</param>
    public static DefaultHttpContext For(HttpContext client, string question, out MemoryStream body)
    {
        var request = client.Features.GetRequiredFeature<IHttpRequestFeature>();
        var headers = new HeaderDictionary();
        foreach (var (name, value) in request.Headers)
        {
            if (!Withheld.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                headers[name] = value;
            }
        }

        headers[Question] = question;
        body = new MemoryStream();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            // The answer has a body whatever the client asks with; the scripts are told its own method.
            Method = HttpMethods.Get,
            Protocol = request.Protocol,
            Scheme = request.Scheme,
            PathBase = request.PathBase,
            Path = request.Path,
            QueryString = request.QueryString,
            RawTarget = request.RawTarget,
            Headers = headers,
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = client.RequestAborted });
        features.Set(client.Features.Get<IHttpConnectionFeature>());
        features.Set(client.Features.Get<ITlsHandshakeFeature>());
        features.Set(client.Features.Get<ProxiedServer>());
        return new DefaultHttpContext(features);
    }
}
