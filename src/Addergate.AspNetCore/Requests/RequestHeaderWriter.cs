using System.Text;
using Addergate.Wire.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Addergate.AspNetCore.Requests;

/// <summary>
/// Writes request headers as CGI items. Names with anything but letters, digits and <c>-</c> are left out, since
/// <c>X_User</c> would pass for <c>X-User</c> in an environ; so is <c>Proxy</c>, which Python's HTTP clients would take
/// for a proxy setting. Repeated headers become one, joined with <c>, </c>, cookies with <c>; </c>.
/// </summary>
internal static class RequestHeaderWriter
{
    private const int LongestName = 256;

    /// <summary>Writes all of them but Content-Length, which the body decides.</summary>
    /// <param name="writer">The head being built.</param>
    /// <param name="headers">Values are Latin-1, one character a byte.</param>
    /// <param name="isTakenIn">The body was taken in whole: its transfer coding is gone with it.</param>
    public static void Write(ref RequestHeadWriter writer, IHeaderDictionary headers, bool isTakenIn)
    {
        foreach (var (name, values) in headers)
        {
            var key = CgiKeys.FindHeader(name);
            if (key is CgiKey.ContentLength || (key is CgiKey.HttpTransferEncoding && isTakenIn))
            {
                continue;
            }

            var length = JoinedLength(values);
            if (key is not CgiKey.Custom)
            {
                Join(values, key is CgiKey.HttpCookie, writer.Reserve(key, length));
            }
            else if (name.Length <= LongestName)
            {
                WriteCustom(ref writer, name, values, length);
            }
        }
    }

    private static void WriteCustom(ref RequestHeadWriter writer, string name, StringValues values, int length)
    {
        Span<byte> cgiName = stackalloc byte["HTTP_".Length + LongestName];
        "HTTP_"u8.CopyTo(cgiName);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return;
            }

            cgiName["HTTP_".Length + i] = c == '-' ? (byte)'_' : (byte)char.ToUpperInvariant(c);
        }

        cgiName = cgiName[..("HTTP_".Length + name.Length)];
        if (!cgiName.SequenceEqual("HTTP_PROXY"u8))
        {
            Join(values, isCookie: false, writer.Reserve(cgiName, length));
        }
    }

    private static int JoinedLength(StringValues values)
    {
        if (values.Count == 1)
        {
            return values[0]!.Length;
        }

        // Both separators have two bytes.
        var length = 2 * Math.Max(0, values.Count - 1);
        foreach (var value in values)
        {
            length += value!.Length;
        }

        return length;
    }

    private static void Join(StringValues values, bool isCookie, Span<byte> destination)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                destination[0] = isCookie ? (byte)';' : (byte)',';
                destination[1] = (byte)' ';
                destination = destination[2..];
            }

            destination = destination[Encoding.Latin1.GetBytes(values[i], destination)..];
        }
    }
}
