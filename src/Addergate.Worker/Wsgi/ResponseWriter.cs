using System.Globalization;
using System.Text;
using Addergate.Python.Gil;
using Addergate.Wire;
using Addergate.Wire.Frames;
using Addergate.Wire.Responses;

namespace Addergate.Worker.Wsgi;

/// <summary>
/// Turns a response into frames: the head with the first block, each further block before the next is asked for, one
/// terminal frame. It counts what was sent against Content-Length, and adds the header where one block is the whole
/// response. Called with the GIL held; it lets go of the GIL while it sends.
/// </summary>
internal sealed unsafe class ResponseWriter(Exchange exchange)
{
    // Up to here copying is cheaper than holding the block while the GIL is let go and taken again.
    private const int CopyLimit = 16 * 1024;

    // More than the lengths of two headers and the digits of a Content-Length take.
    private const int HeaderOverhead = 64;

    private const long Unknown = -1;

    private readonly FrameBuffer _output = exchange.Connection.Output;
    private ResponseHeadWriter _head;
    private ushort _status;
    private long _contentLength;
    private long _sent;
    private bool _isFrameOpen;
    private int _headers;
    private bool _namesFile;

    internal ResponseStage Stage { get; private set; }

    /// <summary>The length that the head declares, or null.</summary>
    internal long? ContentLength => _contentLength == Unknown ? null : _contentLength;

    /// <summary>Body bytes sent so far.</summary>
    internal long Sent => _sent;

    /// <summary>Whether the response has no body whatever the application yields.</summary>
    internal bool IsBodyless => exchange.IsHead || _status is 204 or 304;

    /// <summary>Whether the application promised more than it gave. Where it names a file for the front end to send and
    /// yields nothing, what it promised is the file's length.</summary>
    internal bool IsTooShort => _contentLength > _sent && !IsBodyless && !(_namesFile && _sent == 0);

    internal void Reset()
    {
        Stage = ResponseStage.NoHead;
        _contentLength = Unknown;
        _sent = 0;
        _status = 0;
        _isFrameOpen = false;
        _namesFile = false;
    }

    /// <summary>Begins a head, forgetting one that is not sent yet.</summary>
    internal void BeginHead(ushort status, ReadOnlySpan<byte> reason)
    {
        _output.Clear();
        _head = ResponseHeadWriter.Begin(_output, status, reason);
        _status = status;
        _headers = 0;
        _contentLength = Unknown;
        _namesFile = false;
        _isFrameOpen = true;
        Stage = ResponseStage.NoHead;
    }

    /// <summary>Whether one more header fits the limits of the wire, with room for a Content-Length.</summary>
    internal bool HasRoomFor(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        _headers < WireLimits.MaxHeadItems - 1 && name.Length <= ushort.MaxValue
        && _output.Length + (long)name.Length + value.Length <= WireLimits.MaxResponseHead - HeaderOverhead;

    /// <summary>Adds a checked header.</summary>
    internal void AddHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _headers++;
        _namesFile |= exchange.Context.HandsOverFiles && NamesFile(name);
        _head.Add(name, value);
    }

    /// <summary>Adds Content-Length; a 204 must not carry one (RFC 9110, 8.6).</summary>
    internal void AddContentLength(long length)
    {
        _contentLength = length;
        if (_status == 204)
        {
            return;
        }

        Span<byte> digits = stackalloc byte[20];
        length.TryFormat(digits, out var count, default, CultureInfo.InvariantCulture);
        _head.Add("Content-Length"u8, digits[..count]);
    }

    /// <summary>The head is complete and may be sent with the first block.</summary>
    internal void CompleteHead() => Stage = ResponseStage.HeadReady;

    /// <summary>Forgets a head that turned out to be wrong.</summary>
    internal void DropHead()
    {
        _output.Clear();
        Reset();
    }

    /// <summary>Sends the head if it is not out, which makes it final.</summary>
    /// <param name="bodyLength">The whole body's length where it is known, else -1.</param>
    internal void FixHead(long bodyLength)
    {
        if (Stage != ResponseStage.HeadReady)
        {
            return;
        }

        if (bodyLength >= 0 && _contentLength == Unknown && (!IsBodyless || (exchange.IsHead && bodyLength > 0)))
        {
            AddContentLength(bodyLength);
        }

        _head.EndHead();
        Stage = ResponseStage.HeadSent;
    }

    /// <summary>Sends a block of the body, or leaves it in the output when more is sure to come at once.</summary>
    /// <param name="block">Stays valid during the call without the GIL.</param>
    /// <param name="length">Its length.</param>
    /// <param name="bodyLength">The whole body's length where it is known, else -1.</param>
    /// <param name="flush">Whether it must be sent before this returns.</param>
    /// <param name="isLast">Whether nothing follows, so that a large block can carry the end of the response.</param>
    internal WriteResult Write(byte* block, long length, long bodyLength, bool flush, bool isLast = false)
    {
        if (Stage == ResponseStage.NoHead)
        {
            return WriteResult.NoHead;
        }

        if (exchange.IsClientGone)
        {
            return WriteResult.Gone;
        }

        FixHead(bodyLength);
        if (IsBodyless)
        {
            return WriteResult.NotWanted;
        }

        var allowed = _contentLength == Unknown ? length : Math.Min(length, _contentLength - _sent);
        var isSent = Append(block, allowed, isLast && _sent + allowed >= _contentLength) && (!flush || Flush());
        return !isSent ? WriteResult.Gone : allowed < length ? WriteResult.Excess : WriteResult.Taken;
    }

    /// <summary>Sends what is in the output.</summary>
    /// <returns>False when the front end is gone.</returns>
    internal bool Flush()
    {
        if (_isFrameOpen)
        {
            _output.EndFrame();
            _isFrameOpen = false;
        }

        if (_output.Length == 0)
        {
            return true;
        }

        using (GilReleased.Begin())
        {
            return Keep(exchange.Connection.Send());
        }
    }

    /// <summary>Puts the end of a good response into the output; the request thread sends it.</summary>
    internal void End()
    {
        if (_isFrameOpen)
        {
            _output.AddFlags(FrameFlags.End);
            _output.EndFrame();
            _isFrameOpen = false;
        }
        else if (Stage != ResponseStage.Ended)
        {
            _output.WriteEmptyFrame(FrameKind.Data, FrameFlags.End);
        }

        Stage = ResponseStage.Ended;
    }

    /// <summary>Puts the end of a failed response into the output: nothing that was not sent yet goes out.</summary>
    internal void Abort()
    {
        _output.Clear();
        _isFrameOpen = false;
        _output.WriteEmptyFrame(FrameKind.Abort, exchange.IsTimedOut ? FrameFlags.TimedOut : FrameFlags.None);
        Stage = ResponseStage.Ended;
    }

    private bool Append(byte* block, long length, bool isLast)
    {
        _sent += length;
        if (length <= CopyLimit)
        {
            OpenFrame();
            _output.WriteBytes(new ReadOnlySpan<byte>(block, (int)length));
            return isLast || _output.Length < CopyLimit || Flush();
        }

        while (length > 0)
        {
            var part = Math.Min(length, WireLimits.MaxBodyPayload / 2);
            OpenFrame();
            if (isLast && part == length)
            {
                _output.AddFlags(FrameFlags.End);
                Stage = ResponseStage.Ended;
            }

            _output.EndFrame((int)part);
            _isFrameOpen = false;
            using (GilReleased.Begin())
            {
                if (!Keep(exchange.Connection.Send(block, part)))
                {
                    return false;
                }
            }

            block += part;
            length -= part;
        }

        return true;
    }

    private void OpenFrame()
    {
        if (!_isFrameOpen)
        {
            _output.BeginFrame(FrameKind.Data);
            _isFrameOpen = true;
        }
    }

    private static bool NamesFile(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "X-Sendfile"u8) || Ascii.EqualsIgnoreCase(name, "X-Accel-Redirect"u8);

    private bool Keep(bool sent)
    {
        exchange.IsBroken |= !sent;
        return sent;
    }
}
