using System.Buffers;
using Addergate.AspNetCore.Bodies;

namespace Addergate.AspNetCore.Responses;

/// <summary>Response bytes that the client has not taken yet, in pooled segments, counted in the global budget. Not
/// thread-safe.</summary>
internal sealed class Backlog(BufferBudget budget)
{
    private const int SegmentSize = 64 * 1024;

    private readonly Queue<byte[]> _segments = new();
    private byte[]? _last;
    private int _writeOffset;

    /// <summary>Bytes held.</summary>
    public long Length { get; private set; }

    /// <summary>Adds bytes, all of them: they have arrived.</summary>
    /// <returns>Whether the global budget still has room.</returns>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        var hasRoom = true;
        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_last is null || _writeOffset == SegmentSize)
            {
                hasRoom = budget.Take(SegmentSize);
                _last = ArrayPool<byte>.Shared.Rent(SegmentSize);
                _segments.Enqueue(_last);
                _writeOffset = 0;
            }

            var count = Math.Min(bytes.Length, SegmentSize - _writeOffset);
            bytes[..count].CopyTo(_last.AsSpan(_writeOffset));
            _writeOffset += count;
            bytes = bytes[count..];
        }

        return hasRoom;
    }

    /// <summary>The oldest bytes, up to a segment; empty when there are none. Valid until <see cref="Consume"/>.
    /// </summary>
    public ReadOnlySpan<byte> Peek()
    {
        if (!_segments.TryPeek(out var segment))
        {
            return default;
        }

        return segment.AsSpan(0, ReferenceEquals(segment, _last) ? _writeOffset : SegmentSize);
    }

    /// <summary>Gives back what <see cref="Peek"/> returned.</summary>
    public void Consume()
    {
        Length -= Peek().Length;
        Release(_segments.Dequeue());
    }

    public void Clear()
    {
        while (_segments.TryDequeue(out var segment))
        {
            Release(segment);
        }

        Length = 0;
    }

    private void Release(byte[] segment)
    {
        if (ReferenceEquals(segment, _last))
        {
            _last = null;
        }

        ArrayPool<byte>.Shared.Return(segment);
        budget.Return(SegmentSize);
    }
}
