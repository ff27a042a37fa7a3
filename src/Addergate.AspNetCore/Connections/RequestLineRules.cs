using System.Text;

namespace Addergate.AspNetCore.Connections;

/// <summary>The request line, RFC 9112 3: <c>method SP request-target SP HTTP-version</c>, nothing else.</summary>
internal static class RequestLineRules
{
    /// <summary>Checks a line without its CRLF.</summary>
    /// <param name="line">The line.</param>
    /// <param name="version">The version it names.</param>
    public static Violation Check(ReadOnlySpan<byte> line, out RequestVersion version)
    {
        version = RequestVersion.Unknown;
        // RFC 9112 3.1: a token, and no white space before or after it but the one space.
        var methodEnd = line.IndexOfAnyExcept(HttpCharacters.Token);
        if (methodEnd <= 0 || line[methodEnd] != (byte)' ')
        {
            return Violation.Method;
        }

        var method = line[..methodEnd];
        var rest = line[(methodEnd + 1)..];
        var targetEnd = rest.IndexOf((byte)' ');
        if (targetEnd <= 0)
        {
            return Violation.RequestLine;
        }

        var target = rest[..targetEnd];
        if (!TryReadVersion(rest[(targetEnd + 1)..], out version))
        {
            return Violation.RequestLine;
        }

        return CheckTarget(method, target);
    }

    // RFC 9112 3.2: which form a target may have depends on the method.
    private static Violation CheckTarget(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target)
    {
        if (target.ContainsAnyExcept(HttpCharacters.Target))
        {
            return Violation.Target;
        }

        // 3.2.3: CONNECT is for proxies, and its authority-form is for nothing else.
        if (method.SequenceEqual("CONNECT"u8))
        {
            return Violation.Method;
        }

        // 3.2.1, origin-form: what nearly every request has.
        if (target[0] == (byte)'/')
        {
            return Violation.None;
        }

        // 3.2.4, asterisk-form.
        if (target.SequenceEqual("*"u8))
        {
            return method.SequenceEqual("OPTIONS"u8) ? Violation.None : Violation.Target;
        }

        return CheckAbsolute(target);
    }

    // 3.2.2, absolute-form: a server must take it, although only proxies are sent it.
    private static Violation CheckAbsolute(ReadOnlySpan<byte> target)
    {
        var rest = StartsWith(target, "http://"u8) ? target[7..]
            : StartsWith(target, "https://"u8) ? target[8..]
            : default;
        var authorityEnd = rest.IndexOfAny((byte)'/', (byte)'?');
        var authority = authorityEnd < 0 ? rest : rest[..authorityEnd];
        return authority.IsEmpty || !HostRules.IsValid(authority) ? Violation.Target : Violation.None;
    }

    private static bool StartsWith(ReadOnlySpan<byte> target, ReadOnlySpan<byte> prefix) =>
        target.Length >= prefix.Length && Ascii.EqualsIgnoreCase(target[..prefix.Length], prefix);

    // RFC 9112 2.3: case-sensitive, one digit each. One that has the form but is not ours is left to the server, which
    // answers 505.
    private static bool TryReadVersion(ReadOnlySpan<byte> text, out RequestVersion version)
    {
        version = text.SequenceEqual("HTTP/1.1"u8) ? RequestVersion.Http11
            : text.SequenceEqual("HTTP/1.0"u8) ? RequestVersion.Http10
            : RequestVersion.Unknown;
        return version != RequestVersion.Unknown
            || (text.Length == 8 && text.StartsWith("HTTP/"u8) && char.IsAsciiDigit((char)text[5])
                && text[6] == (byte)'.' && char.IsAsciiDigit((char)text[7]));
    }
}
