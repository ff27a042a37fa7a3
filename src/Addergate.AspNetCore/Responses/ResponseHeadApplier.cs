using System.Buffers.Text;
using System.Text;
using Addergate.AspNetCore.Dispatch;
using Addergate.Wire.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Addergate.AspNetCore.Responses;

/// <summary>
/// Sets status and headers of a response from a RESPONSE frame's head. One for each slot, since it remembers the last
/// value of each known header: an application mostly repeats itself, and then nothing is allocated.
/// </summary>
/// <param name="serverHeader">Where the application sets none; null for none.</param>
/// <param name="departure">Shared.</param>
/// <param name="rules">Which heads are not followed by the application's body; mostly empty.</param>
internal sealed class ResponseHeadApplier(string? serverHeader, Departure departure, IHeadRule[] rules)
{
    private const int LongestRemembered = 64;

    private readonly string?[] _remembered = new string?[ResponseHeaders.Count];

    /// <summary>Applies the head; false when it is malformed, or says what no response may say.</summary>
    /// <exception cref="InvalidOperationException">The web server refuses a header: the worker let through what it
    /// must not.</exception>
    public bool TryApply(ref ResponseHeadReader head, HttpContext context)
    {
        // 1xx is the web server's to send.
        if (head.Status < 200)
        {
            return false;
        }

        var response = context.Features.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = head.Status;
        var standard = ReasonPhrases.GetReasonPhrase(head.Status);
        response.ReasonPhrase = head.Reason.IsEmpty || Ascii.Equals(head.Reason, standard)
            ? null
            : Encoding.Latin1.GetString(head.Reason);
        var headers = response.Headers;
        while (head.TryReadHeader(out var number, out var name, out var value))
        {
            if (number == ResponseHeaders.ContentLength)
            {
                // The parser alone would take a sign.
                if (value.ContainsAnyExceptInRange((byte)'0', (byte)'9')
                    || !Utf8Parser.TryParse(value, out long length, out _))
                {
                    return false;
                }

                headers.ContentLength = length;
            }
            else if (number != 0)
            {
                Add(headers, ResponseHeaders.Names[number], ValueOf(number, value));
            }
            else if (!HopByHopHeaders.Contains(name))
            {
                Add(headers, Encoding.Latin1.GetString(name), Encoding.Latin1.GetString(value));
            }
        }

        if (serverHeader is not null && headers.Server.Count == 0)
        {
            headers.Server = serverHeader;
        }

        departure.Announce(context);
        return head.IsComplete;
    }

    /// <summary>What replaces the body that follows the head that was just applied; null for nothing.</summary>
    public IReplacement? Replacement(HttpContext context)
    {
        foreach (var rule in rules)
        {
            if (rule.TryReplace(context) is { } replacement)
            {
                return replacement;
            }
        }

        return null;
    }

    private static void Add(IHeaderDictionary headers, string name, string value)
    {
        if (!headers.TryAdd(name, value))
        {
            headers.Append(name, value);
        }
    }

    private string ValueOf(byte number, ReadOnlySpan<byte> value)
    {
        if (_remembered[number] is { } last && Ascii.Equals(value, last))
        {
            return last;
        }

        var text = Encoding.Latin1.GetString(value);
        if (text.Length <= LongestRemembered)
        {
            _remembered[number] = text;
        }

        return text;
    }
}
