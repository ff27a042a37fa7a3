using System.Buffers;
using System.Numerics;
using Addergate.Wire;
using Addergate.Wire.Requests;

namespace Addergate.AspNetCore.Bodies;

/// <summary>A body that was taken in whole and stayed in memory, in pooled chunks.</summary>
internal sealed class MemoryBody : RequestBody
{
    private const int SmallestChunk = 4 * 1024;
    private const int LargestChunk = 64 * 1024;

    private readonly BufferBudget _budget;
    private readonly List<ReadOnlyMemory<byte>> _filled = [];
    private readonly List<byte[]> _chunks = [];
    private long _length;
    private int _room;
    private long _taken;
    private long _position;

    public MemoryBody(BufferBudget budget) => _budget = budget;

    public override long Length => _length;

    public override RequestBodyMode Mode =>
        _length <= WireLimits.MaxInlineBody ? RequestBodyMode.Inline : RequestBodyMode.OnDemand;

    public override IReadOnlyList<ReadOnlyMemory<byte>> Inline => _filled;

    /// <summary>Copies bytes to the end. False when the global budget has no room: some of the bytes may have been
    /// taken, and <paramref name="source"/> is what is left.</summary>
    public bool TryAppend(ref ReadOnlySequence<byte> source)
    {
        while (!source.IsEmpty)
        {
            if (_room == 0 && !TryAddChunk(source.Length))
            {
                return false;
            }

            var last = _chunks[^1];
            var used = _filled[^1].Length;
            var count = (int)Math.Min(source.Length, _room);
            source.Slice(0, count).CopyTo(last.AsSpan(used));
            source = source.Slice(count);
            _filled[^1] = last.AsMemory(0, used + count);
            _length += count;
            _room -= count;
        }

        return true;
    }

    public override ValueTask<BodyPiece> ReadAsync(Memory<byte> destination)
    {
        var copied = 0;
        var chunkStart = 0L;
        foreach (var chunk in _filled)
        {
            var offset = (int)Math.Min(chunk.Length, Math.Max(0, _position - chunkStart));
            chunkStart += chunk.Length;
            var count = Math.Min(chunk.Length - offset, destination.Length - copied);
            chunk.Slice(offset, count).CopyTo(destination[copied..]);
            copied += count;
            _position += count;
            if (copied == destination.Length)
            {
                break;
            }
        }

        return new(copied == 0 ? BodyPiece.End(default) : new BodyPiece(copied, _position == _length, default));
    }

    public override void Rewind() => _position = 0;

    public override void Dispose()
    {
        foreach (var chunk in _chunks)
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        _chunks.Clear();
        _filled.Clear();
        _budget.Return(_taken);
        _taken = 0;
    }

    // Grows with what has really arrived: a client that only announces a large body reserves nothing.
    private bool TryAddChunk(long needed)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(needed, SmallestChunk, LargestChunk));
        if (!_budget.TryTake(size))
        {
            return false;
        }

        _taken += size;
        _chunks.Add(ArrayPool<byte>.Shared.Rent(size));
        _filled.Add(default);
        _room = size;
        return true;
    }
}
