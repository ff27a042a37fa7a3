using System.Buffers.Binary;
using System.Diagnostics;

namespace Addergate.Wire.Frames;

/// <summary>
/// A growable buffer in which one sender builds frames, kept from request to request so that the steady state
/// allocates nothing. Not thread-safe: a slot has one owner at a time.
/// </summary>
public sealed class FrameBuffer
{
    // A buffer that one huge request has grown is given back, else every slot ends up with the largest head ever seen.
    private const int KeptCapacity = 64 * 1024;

    private readonly int _initialCapacity;
    private byte[] _bytes;
    private int _length;
    private int _frameStart = -1;

    /// <param name="initialCapacity">Bytes to begin with.</param>
    public FrameBuffer(int initialCapacity = 4096)
    {
        _initialCapacity = initialCapacity;
        // Pinned, so that a system call may take its address without a handle for each call.
        _bytes = GC.AllocateUninitializedArray<byte>(initialCapacity, pinned: true);
    }

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <inheritdoc cref="Written"/>
    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, _length);

    /// <summary>Number of bytes written.</summary>
    public int Length => _length;

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        _length = 0;
        _frameStart = -1;
        if (_bytes.Length > KeptCapacity)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(_initialCapacity, pinned: true);
        }
    }

    /// <summary>Begins a frame; its length is filled in by <see cref="EndFrame"/>.</summary>
    public void BeginFrame(FrameKind kind, FrameFlags flags = FrameFlags.None)
    {
        Debug.Assert(_frameStart < 0, "a frame is begun only when the one before it has ended");
        _frameStart = _length;
        new FrameHeader(0, kind, flags).WriteTo(Reserve(WireLimits.HeaderSize));
    }

    /// <summary>Ends the frame.</summary>
    /// <param name="bytesOutside">Payload bytes that the caller sends right after this buffer from elsewhere.</param>
    public void EndFrame(int bytesOutside = 0)
    {
        Debug.Assert(_frameStart >= 0, "a frame must have begun");
        var payload = _length - _frameStart - WireLimits.HeaderSize + bytesOutside;
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_frameStart), payload);
        _frameStart = -1;
    }

    /// <summary>Sets flags on the frame that is being built.</summary>
    public void AddFlags(FrameFlags flags) => _bytes[_frameStart + 5] |= (byte)flags;

    /// <summary>Writes a frame without payload.</summary>
    public void WriteEmptyFrame(FrameKind kind, FrameFlags flags = FrameFlags.None) =>
        new FrameHeader(0, kind, flags).WriteTo(Reserve(WireLimits.HeaderSize));

    /// <summary>Appends a number of bytes and returns them for the caller to fill, all of them. The span is valid
    /// until the next call on this buffer.</summary>
    public Span<byte> Reserve(int count)
    {
        var end = checked(_length + count);
        if (end > _bytes.Length)
        {
            Grow(end);
        }

        var span = _bytes.AsSpan(_length, count);
        _length = end;
        return span;

        void Grow(int needed)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max(needed, _bytes.Length * 2), pinned: true);
            _bytes.AsSpan(0, _length).CopyTo(larger);
            _bytes = larger;
        }
    }

    /// <summary>Bytes already written, for filling in a field whose value is known only later.</summary>
    public Span<byte> At(int offset, int count) => _bytes.AsSpan(offset, count);

    public void WriteByte(byte value) => Reserve(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);

    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Reserve(8), value);

    public void WriteBytes(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));
}
