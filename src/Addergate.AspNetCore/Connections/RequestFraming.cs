namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Follows the framing of the HTTP/1 requests on one connection, byte for byte as they come, and finds the first place
/// where they break the rules (RFC 9112). It reads lines only: a body's bytes are counted, never looked at. Each byte is
/// looked at once. Not thread-safe.
/// </summary>
/// <param name="maxHead">Bytes of a head from which on the server behind refuses it by itself (414, 431).</param>
/// <param name="starts">Told where messages begin; null where nobody asks.</param>
internal sealed class RequestFraming(int maxHead, MessageStarts? starts = null)
{
    // Ours: extensions are never used. RFC 9112 7.1.1 asks for a limit.
    private const int MaxChunkLine = 1024;

    // Ours: a few checksums and signatures fit.
    private const int MaxTrailers = 8 * 1024;

    // RFC 9112 2.2 asks to ignore at least one: old browsers sent one behind a form.
    private const int MaxEmptyLines = 2;

    private LineCollector _lines;
    private HeadRules _head;
    private FramingState _state;
    private long _remaining;
    private long _lineStart;
    private int _sectionLength;
    private int _emptyLines;

    /// <summary>Bytes taken since the connection began.</summary>
    public long Taken { get; private set; }

    /// <summary>
    /// Bytes that may be passed on. Lines of a head may be passed on as they come, since the server acts on whole lines
    /// only; lines inside a chunked body only when they are whole, since it reads those byte by byte.
    /// After a violation: where the line that broke the rules begins.
    /// </summary>
    public long Released { get; private set; }

    /// <summary>The first violation; nothing is taken after it.</summary>
    public Violation Violation { get; private set; }

    /// <summary>Whether nothing more will ever be released, because the server now refuses what it has by itself.
    /// </summary>
    public bool IsSealed => _state == FramingState.Sealed;

    /// <summary>Whether all that was taken are whole requests.</summary>
    public bool IsBetweenRequests => _state == FramingState.RequestLine && _lines.IsEmpty;

    /// <summary>Bytes that came of a head that is not whole; 0 anywhere else.</summary>
    public int HeadLength => _state is FramingState.RequestLine or FramingState.HeaderLine ? _sectionLength : 0;

    /// <summary>Takes nothing more of a head that does not come to its end.</summary>
    public void GiveUp()
    {
        if (HeadLength > 0)
        {
            Judge(Violation.SlowHead);
        }
    }

    /// <summary>What follows is no HTTP. A client that has sent something of it already did not wait for the answer, and what
    /// it sent was judged as a request.</summary>
    public void Open()
    {
        if (Violation == Violation.None && IsBetweenRequests)
        {
            Enter(FramingState.Tunnel);
        }
    }

    /// <summary>Takes the next bytes.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (_state == FramingState.Tunnel)
        {
            Taken += bytes.Length;
            Released = Taken;
            return;
        }

        while (!bytes.IsEmpty && Violation == Violation.None && _state != FramingState.Sealed)
        {
            bytes = _state is FramingState.Content or FramingState.ChunkData ? TakeData(bytes) : TakeLine(bytes);
        }
    }

    /// <summary>Gives back what was rented. Nothing may be taken after it.</summary>
    public void Release() => _lines.Clear();

    private ReadOnlySpan<byte> TakeData(ReadOnlySpan<byte> bytes)
    {
        var count = (int)Math.Min(_remaining, bytes.Length);
        _remaining -= count;
        Taken += count;
        Released = Taken;
        if (_remaining == 0)
        {
            Enter(_state == FramingState.Content ? FramingState.RequestLine : FramingState.ChunkEnd);
            _lineStart = Taken;
        }

        return bytes[count..];
    }

    private ReadOnlySpan<byte> TakeLine(ReadOnlySpan<byte> bytes)
    {
        var status = _lines.Take(bytes, out var consumed, out var line);
        Taken += consumed;
        _sectionLength += consumed;
        if (_sectionLength > Limit(_state))
        {
            OnTooLong();
        }
        else if (status == LineStatus.Done)
        {
            Judge(OnLine(line));
            _lines.Clear();
            _lineStart = Taken;
        }
        else if (status != LineStatus.Incomplete)
        {
            Judge(LineCollector.Violation(status));
        }
        else if (_state is FramingState.RequestLine or FramingState.HeaderLine)
        {
            Released = Taken;
        }

        return bytes[consumed..];
    }

    private int Limit(FramingState state) => state switch
    {
        FramingState.RequestLine or FramingState.HeaderLine => maxHead,
        FramingState.TrailerLine => MaxTrailers,
        _ => MaxChunkLine,
    };

    private void OnTooLong()
    {
        switch (_state)
        {
            case FramingState.RequestLine or FramingState.HeaderLine:
                Seal();
                break;
            case FramingState.TrailerLine:
                Judge(Violation.TrailersTooLong);
                break;
            default:
                Judge(Violation.ChunkLineTooLong);
                break;
        }
    }

    private void Judge(Violation violation)
    {
        Violation = violation;
        Released = violation == Violation.None ? Taken : _lineStart;
    }

    private Violation OnLine(ReadOnlySpan<byte> line) => _state switch
    {
        FramingState.RequestLine => OnRequestLine(line),
        FramingState.HeaderLine => line.IsEmpty ? OnHeadEnd() : _head.Take(line),
        FramingState.ChunkSize => OnChunkSize(line),
        FramingState.ChunkEnd => OnChunkEnd(line),
        _ => OnTrailer(line),
    };

    private Violation OnRequestLine(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return ++_emptyLines > MaxEmptyLines ? Violation.EmptyLinesBeforeRequest : Violation.None;
        }

        var violation = RequestLineRules.Check(line, out var version);
        if (violation == Violation.None && version == RequestVersion.Unknown)
        {
            Seal();
            return Violation.None;
        }

        _emptyLines = 0;
        _head.Begin(version);
        _state = FramingState.HeaderLine;
        return violation;
    }

    private Violation OnHeadEnd()
    {
        var violation = _head.End();
        if (_head.IsChunked)
        {
            Enter(FramingState.ChunkSize);
        }
        else if (_head.ContentLength > 0)
        {
            _remaining = _head.ContentLength;
            Enter(FramingState.Content);
        }
        else
        {
            Enter(FramingState.RequestLine);
        }

        return violation;
    }

    private Violation OnChunkSize(ReadOnlySpan<byte> line)
    {
        var violation = ChunkSizeRules.Check(line, out _remaining);
        Enter(_remaining > 0 ? FramingState.ChunkData : FramingState.TrailerLine);
        return violation;
    }

    // RFC 9112 7.1: exactly CRLF.
    private Violation OnChunkEnd(ReadOnlySpan<byte> line)
    {
        Enter(FramingState.ChunkSize);
        return line.IsEmpty ? Violation.None : Violation.ChunkEnd;
    }

    // RFC 9112 7.1.2.
    private Violation OnTrailer(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            Enter(FramingState.RequestLine);
            return Violation.None;
        }

        var violation = FieldRules.Split(line, out var name, out _);
        return violation == Violation.None && TrailerRules.IsForbidden(name) ? Violation.TrailerField : violation;
    }

    private void Enter(FramingState state)
    {
        _state = state;
        _sectionLength = 0;
        if (state == FramingState.RequestLine)
        {
            starts?.Add(Taken);
        }
    }

    private void Seal()
    {
        _state = FramingState.Sealed;
        Released = Taken;
        _lines.Clear();
    }
}
