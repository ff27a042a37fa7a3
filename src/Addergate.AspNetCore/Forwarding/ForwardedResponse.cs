using System.Net.Http.Headers;
using System.Text;
using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>Makes the client's response of the target's: status and headers, without those of the one connection (RFC 9110
/// 7.6.1).</summary>
internal sealed class ForwardedResponse(string serverHeader, Departure departure)
{
    /// <summary>Applies the head; false when it is none that could be passed on.</summary>
    public bool TryApply(HttpResponseMessage answer, HttpContext context, ReverseMapping mapping)
    {
        var status = (int)answer.StatusCode;
        var response = context.Response;
        var length = answer.Content.Headers.ContentLength;
        if (answer.Content.Headers.NonValidated.TryGetValues("Content-Length", out var said)
            && (length is null || said.Count > 1))
        {
            // Two lengths, or no number: who knows where it ends.
            return false;
        }

        if (status < 100 || HasOtherCoding(answer))
        {
            return false;
        }

        response.StatusCode = status;
        var reason = answer.ReasonPhrase;
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase =
            string.IsNullOrEmpty(reason) || !Ascii.IsValid(reason) || reason.Any(char.IsControl)
            || reason == ReasonPhrases.GetReasonPhrase(status)
                ? null
                : reason;
        try
        {
            var named = answer.Headers.NonValidated.TryGetValues("Connection", out var connection)
                ? NameList.Read(connection.ToString())
                : [];
            Copy(answer.Headers.NonValidated, context, mapping, named);
            Copy(answer.Content.Headers.NonValidated, context, mapping, named);
            // RFC 9112 6.3: a transfer coding overrides a length; RFC 9110 8.6: with 204 there is none.
            if (answer.Headers.TransferEncodingChunked != true && status != StatusCodes.Status204NoContent)
            {
                response.ContentLength = length;
            }
        }
        catch (InvalidOperationException)
        {
            // The web server refuses a character in it.
            return false;
        }

        if (response.Headers.Server.Count == 0)
        {
            response.Headers.Server = serverHeader;
        }

        departure.Announce(context);
        return true;
    }

    /// <summary>Copies the trailers, where the client's version of HTTP has any.</summary>
    public static void CopyTrailers(HttpResponseMessage answer, HttpResponse response)
    {
        if (!response.SupportsTrailers())
        {
            return;
        }

        foreach (var (name, values) in answer.TrailingHeaders.NonValidated)
        {
            if (!HopByHopHeaders.Contains(name) && !TrailerRules.IsForbidden(Encoding.ASCII.GetBytes(name)))
            {
                response.AppendTrailer(name, values.ToString());
            }
        }
    }

    // The client library takes chunks apart and no other coding, and the client would not learn of it (RFC 9112 6.1).
    private static bool HasOtherCoding(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.TryGetValues("Transfer-Encoding", out var said)
        && NameList.Read(said.ToString()).Any(static coding =>
            !coding.Equals("chunked", StringComparison.OrdinalIgnoreCase)
            && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase));

    private static void Copy(
        HttpHeadersNonValidated headers, HttpContext context, ReverseMapping mapping, HashSet<string> named)
    {
        foreach (var (name, values) in headers)
        {
            if (HopByHopHeaders.Contains(name) || named.Contains(name)
                || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var value in values)
            {
                context.Response.Headers.Append(name, new StringValues(Map(name, value, context, mapping)));
            }
        }
    }

    private static string Map(string name, string value, HttpContext context, ReverseMapping mapping) =>
        name.ToUpperInvariant() switch
        {
            // As ProxyPassReverse.
            "LOCATION" or "CONTENT-LOCATION" or "URI" => mapping.MapUrl(context, value),
            "SET-COOKIE" => mapping.MapCookie(context, value),
            _ => value,
        };
}
