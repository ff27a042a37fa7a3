namespace Addergate.Supervisor.Logs;

/// <summary>
/// Cuts a stream of bytes into lines. A line that grows beyond the limit is given out in pieces; so is, by
/// <see cref="Flush"/>, one whose end does not come.
/// </summary>
/// <param name="longest">Bytes of the longest line.</param>
internal sealed class LineSplitter(int longest)
{
    private readonly byte[] _partial = new byte[longest];
    private int _length;

    public delegate void LineSink(ReadOnlySpan<byte> line);

    /// <summary>Whether bytes wait for the end of their line.</summary>
    public bool HasPartial => _length > 0;

    /// <summary>Takes bytes and gives out the lines that they complete, without <c>\n</c> or <c>\r\n</c>.</summary>
    public void Feed(ReadOnlySpan<byte> bytes, LineSink sink)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var piece = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            while (_length + piece.Length > longest)
            {
                var room = longest - _length;
                piece[..room].CopyTo(_partial.AsSpan(_length));
                _length = longest;
                piece = piece[room..];
                Flush(sink);
            }

            if (end < 0)
            {
                piece.CopyTo(_partial.AsSpan(_length));
                _length += piece.Length;
            }
            else if (_length == 0)
            {
                sink(TrimReturn(piece));
            }
            else
            {
                piece.CopyTo(_partial.AsSpan(_length));
                _length += piece.Length;
                sink(TrimReturn(_partial.AsSpan(0, _length)));
                _length = 0;
            }
        }
    }

    /// <summary>Gives out what waits for the end of its line.</summary>
    public void Flush(LineSink sink)
    {
        if (_length > 0)
        {
            sink(_partial.AsSpan(0, _length));
            _length = 0;
        }
    }

    private static ReadOnlySpan<byte> TrimReturn(ReadOnlySpan<byte> line) => line is [.. var rest, (byte)'\r'] ? rest : line;
}
