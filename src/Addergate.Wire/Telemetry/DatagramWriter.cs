using System.Text;
using Addergate.Wire.Frames;

namespace Addergate.Wire.Telemetry;

/// <summary>
/// Writes one datagram for a collector, in the format of mod_wsgi 6, little-endian: a head of 24 bytes (<c>WSGI</c>, u8
/// version, u8 kind, u16 0, u32 pid, u32 number, f64 stamp), then fields (u16 id, u8 type, u16 number of items where it varies, value).
/// A field that does not fit any more is left out.
/// </summary>
/// <param name="buffer">Cleared for each datagram.</param>
public readonly struct DatagramWriter(FrameBuffer buffer)
{
    /// <summary>Collectors read no more of one.</summary>
    public const int MostBytes = 8192;

    /// <summary>Items of the longest list.</summary>
    public const int MostItems = 128;

    private const byte Version = 1;
    private const int FieldHead = 5;

    private enum Type : byte
    {
        Unsigned = 1,
        Real = 2,
        Bytes = 4,
        Integers = 5,
        Reals = 6,
    }

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    /// <param name="kind">What it tells.</param>
    /// <param name="processId">Whom it is about.</param>
    /// <param name="number">Counts that process's datagrams, so that lost ones can be told.</param>
    /// <param name="stamp">Seconds since the epoch.</param>
    public void Begin(DatagramKind kind, int processId, uint number, double stamp)
    {
        buffer.Clear();
        buffer.WriteBytes("WSGI"u8);
        buffer.WriteByte(Version);
        buffer.WriteByte((byte)kind);
        buffer.WriteUInt16(0);
        buffer.WriteUInt32((uint)processId);
        buffer.WriteUInt32(number);
        buffer.WriteDouble(stamp);
    }

    public void Add(DatagramField field, long value)
    {
        if (TryHead(field, Type.Unsigned, 1, sizeof(ulong)))
        {
            buffer.WriteUInt64((ulong)Math.Max(0, value));
        }
    }

    public void Add(DatagramField field, double value)
    {
        if (TryHead(field, Type.Real, 1, sizeof(double)))
        {
            buffer.WriteDouble(value);
        }
    }

    /// <summary>UTF-8; nothing for an empty one.</summary>
    public void Add(DatagramField field, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > 0 && TryHead(field, Type.Bytes, length, 1))
        {
            Encoding.UTF8.GetBytes(text, buffer.Reserve(length));
        }
    }

    public void Add(DatagramField field, ReadOnlySpan<int> values)
    {
        values = values[..Math.Min(values.Length, MostItems)];
        if (TryHead(field, Type.Integers, values.Length, sizeof(int)))
        {
            foreach (var value in values)
            {
                buffer.WriteUInt32((uint)value);
            }
        }
    }

    public void Add(DatagramField field, ReadOnlySpan<double> values)
    {
        values = values[..Math.Min(values.Length, MostItems)];
        if (TryHead(field, Type.Reals, values.Length, sizeof(double)))
        {
            foreach (var value in values)
            {
                buffer.WriteDouble(value);
            }
        }
    }

    private bool TryHead(DatagramField field, Type type, int items, int size)
    {
        if (buffer.Length + FieldHead + (items * size) > MostBytes)
        {
            return false;
        }

        buffer.WriteUInt16((ushort)field);
        buffer.WriteByte((byte)type);
        if (type is not (Type.Unsigned or Type.Real))
        {
            buffer.WriteUInt16((ushort)items);
        }

        return true;
    }
}
