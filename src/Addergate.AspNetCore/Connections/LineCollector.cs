using System.Buffers;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Cuts a stream of bytes into lines that end with CRLF and hold no other control character (RFC 9112 2.2, RFC 9110
/// 5.5). A line that is whole in the bytes given is not copied; one that arrives in pieces is collected in a rented
/// array.
/// </summary>
internal struct LineCollector
{
    private byte[]? _pieces;
    private int _length;
    private bool _endsWithCarriageReturn;

    /// <summary>Whether no piece of a line is waiting for the rest.</summary>
    public readonly bool IsEmpty => _length == 0 && !_endsWithCarriageReturn;

    /// <summary>Takes bytes up to the end of a line.</summary>
    /// <param name="bytes">The next bytes, not empty.</param>
    /// <param name="consumed">How many were taken.</param>
    /// <param name="line">The line without CRLF when it is whole; valid until <see cref="Clear"/>, which must come
    /// before the next call.</param>
    public LineStatus Take(ReadOnlySpan<byte> bytes, out int consumed, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_endsWithCarriageReturn)
        {
            consumed = 1;
            line = _pieces.AsSpan(0, _length);
            return bytes[0] == (byte)'\n' ? LineStatus.Done : LineStatus.BareCarriageReturn;
        }

        var end = bytes.IndexOfAny(HttpCharacters.Control);
        if (end < 0)
        {
            Keep(bytes);
            consumed = bytes.Length;
            return LineStatus.Incomplete;
        }

        consumed = end + 1;
        if (bytes[end] != (byte)'\r')
        {
            return bytes[end] == (byte)'\n' ? LineStatus.BareLineFeed : LineStatus.ControlCharacter;
        }

        if (consumed == bytes.Length)
        {
            Keep(bytes[..end]);
            _endsWithCarriageReturn = true;
            return LineStatus.Incomplete;
        }

        if (bytes[consumed] != (byte)'\n')
        {
            return LineStatus.BareCarriageReturn;
        }

        consumed++;
        line = bytes[..end];
        if (_length > 0)
        {
            Keep(line);
            line = _pieces.AsSpan(0, _length);
        }

        return LineStatus.Done;
    }

    /// <summary>Forgets the line.</summary>
    public void Clear()
    {
        _length = 0;
        _endsWithCarriageReturn = false;
        if (_pieces is not null)
        {
            ArrayPool<byte>.Shared.Return(_pieces);
            _pieces = null;
        }
    }

    public static Violation Violation(LineStatus status) => status switch
    {
        LineStatus.BareCarriageReturn => Connections.Violation.BareCarriageReturn,
        LineStatus.BareLineFeed => Connections.Violation.BareLineFeed,
        _ => Connections.Violation.ControlCharacter,
    };

    private void Keep(ReadOnlySpan<byte> piece)
    {
        if (_pieces is null || _pieces.Length - _length < piece.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(256, 2 * (_length + piece.Length)));
            _pieces.AsSpan(0, _length).CopyTo(larger);
            if (_pieces is not null)
            {
                ArrayPool<byte>.Shared.Return(_pieces);
            }

            _pieces = larger;
        }

        piece.CopyTo(_pieces.AsSpan(_length));
        _length += piece.Length;
    }
}
