using System.Buffers.Binary;
using System.Text;

namespace Addergate.Wire.Frames;

/// <summary>
/// Takes fields from a payload whose length is known. Every method returns false, and takes nothing, when the payload
/// is too short: inside a complete frame that means malformed, never "need more".
/// </summary>
public ref struct SpanReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    /// <summary>What has not been taken.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public bool TryTake(int count, out ReadOnlySpan<byte> value)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            value = default;
            return false;
        }

        value = _rest[..count];
        _rest = _rest[count..];
        return true;
    }

    public bool TryTakeByte(out byte value)
    {
        value = 0;
        if (!TryTake(1, out var bytes))
        {
            return false;
        }

        value = bytes[0];
        return true;
    }

    public bool TryTakeUInt16(out ushort value)
    {
        value = 0;
        if (!TryTake(2, out var bytes))
        {
            return false;
        }

        value = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return true;
    }

    public bool TryTakeUInt32(out uint value)
    {
        value = 0;
        if (!TryTake(4, out var bytes))
        {
            return false;
        }

        value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return true;
    }

    public bool TryTakeUInt64(out ulong value)
    {
        value = 0;
        if (!TryTake(8, out var bytes))
        {
            return false;
        }

        value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return true;
    }

    public bool TryTakeDouble(out double value)
    {
        value = 0;
        if (!TryTakeUInt64(out var bits))
        {
            return false;
        }

        value = BitConverter.UInt64BitsToDouble(bits);
        return true;
    }

    /// <summary>Bytes with a u16 length before them.</summary>
    public bool TryTakeShort(out ReadOnlySpan<byte> value)
    {
        var before = _rest;
        if (TryTakeUInt16(out var length) && TryTake(length, out value))
        {
            return true;
        }

        _rest = before;
        value = default;
        return false;
    }

    /// <summary>Bytes with a u32 length before them.</summary>
    public bool TryTakeLong(out ReadOnlySpan<byte> value)
    {
        var before = _rest;
        if (TryTakeUInt32(out var length) && length <= int.MaxValue && TryTake((int)length, out value))
        {
            return true;
        }

        _rest = before;
        value = default;
        return false;
    }

    /// <summary>A UTF-8 string with a u32 length before it.</summary>
    public bool TryTakeString(out string value)
    {
        value = "";
        if (!TryTakeLong(out var bytes))
        {
            return false;
        }

        value = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
