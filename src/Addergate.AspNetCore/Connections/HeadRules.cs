using System.Text;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// What must hold for the header lines of one request together. Fed line by line; <see cref="End"/> gives the verdict
/// and the body's framing. Reused from request to request.
/// </summary>
internal struct HeadRules
{
    private RequestVersion _version;
    private bool _hasHost;
    private bool _hasContentType;
    private bool _hasContentLength;

    /// <summary>Whether the body is chunked.</summary>
    public bool IsChunked { get; private set; }

    /// <summary>The body's length when it is not chunked; 0 without a body.</summary>
    public long ContentLength { get; private set; }

    /// <summary>Begins a request.</summary>
    public void Begin(RequestVersion version)
    {
        this = default;
        _version = version;
    }

    /// <summary>Takes a header line without its CRLF.</summary>
    public Violation Take(ReadOnlySpan<byte> line)
    {
        var violation = FieldRules.Split(line, out var name, out var value);
        if (violation != Violation.None)
        {
            return violation;
        }

        return name.Length switch
        {
            4 when Is(name, "Host"u8) => TakeHost(value),
            12 when Is(name, "Content-Type"u8) => TakeContentType(),
            14 when Is(name, "Content-Length"u8) => TakeContentLength(value),
            17 when Is(name, "Transfer-Encoding"u8) => TakeTransferEncoding(value),
            _ => Violation.None,
        };
    }

    /// <summary>The empty line has come.</summary>
    public readonly Violation End()
    {
        // RFC 9112 3.2: 1.1 must have one.
        if (!_hasHost && _version == RequestVersion.Http11)
        {
            return Violation.MissingHost;
        }

        // RFC 9112 6.1: a message with both may be an attempt at smuggling. The order they came in does not matter.
        return IsChunked && _hasContentLength ? Violation.TransferEncodingWithContentLength : Violation.None;
    }

    // RFC 9112 3.2: more than one, or an impossible one, is answered with 400.
    private Violation TakeHost(ReadOnlySpan<byte> value)
    {
        if (_hasHost)
        {
            return Violation.RepeatedHost;
        }

        _hasHost = true;
        return HostRules.IsValid(value) ? Violation.None : Violation.Host;
    }

    // RFC 9110 8.3: a single value. CGI has one place for it, and whoever checked the other one was deceived.
    private Violation TakeContentType()
    {
        if (_hasContentType)
        {
            return Violation.RepeatedContentType;
        }

        _hasContentType = true;
        return Violation.None;
    }

    // RFC 9112 6.3, case 5. Equal repeats could be merged by the letter; no honest client sends them.
    private Violation TakeContentLength(ReadOnlySpan<byte> value)
    {
        if (_hasContentLength)
        {
            return Violation.RepeatedContentLength;
        }

        _hasContentLength = true;
        var isNumber = ContentLengthRules.TryRead(value, out var length);
        ContentLength = length;
        return isNumber ? Violation.None : Violation.ContentLength;
    }

    // RFC 9112 6.1 and 6.3: only "chunked", only once, and never from HTTP/1.0, where a proxy may not have known it.
    private Violation TakeTransferEncoding(ReadOnlySpan<byte> value)
    {
        if (IsChunked || _version != RequestVersion.Http11 || !Is(value, "chunked"u8))
        {
            return Violation.TransferEncoding;
        }

        IsChunked = true;
        return Violation.None;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) => Ascii.EqualsIgnoreCase(name, other);
}
