using System.Buffers;

namespace Addergate.Wire.Frames;

/// <summary>
/// The first frame of a slot connection. The claim page's descriptor comes with its first byte (SCM_RIGHTS).
/// </summary>
/// <param name="Worker">The worker's number, which the supervisor gave out and never gives again.</param>
/// <param name="Generation">The generation that the worker belongs to.</param>
/// <param name="Slot">Index of this slot in the worker, from 0: its line in the claim page.</param>
/// <param name="Slots">How many slots the worker has.</param>
/// <param name="NonceHigh">The worker's secret, first half: the front end has it from the supervisor.</param>
/// <param name="NonceLow">The worker's secret, second half.</param>
public readonly record struct Hello(
    uint Worker,
    uint Generation,
    ushort Slot,
    ushort Slots,
    ulong NonceHigh,
    ulong NonceLow)
{
    private const uint Magic = 0x52444441; // "ADDR"
    private const int Size = 4 + 2 + 2 + 2 + 4 + 4 + 8 + 8;

    /// <summary>Appends the frame.</summary>
    public void WriteTo(FrameBuffer buffer)
    {
        buffer.BeginFrame(FrameKind.Hello);
        buffer.WriteUInt32(Magic);
        buffer.WriteUInt16(WireLimits.ProtocolVersion);
        buffer.WriteUInt16(Slot);
        buffer.WriteUInt16(Slots);
        buffer.WriteUInt32(Worker);
        buffer.WriteUInt32(Generation);
        buffer.WriteUInt64(NonceHigh);
        buffer.WriteUInt64(NonceLow);
        buffer.EndFrame();
    }

    /// <summary>Reads a whole payload. Anything but this version's HELLO is
    /// <see cref="OperationStatus.InvalidData"/>.</summary>
    public static OperationStatus TryRead(ReadOnlySpan<byte> payload, out Hello hello)
    {
        hello = default;
        var reader = new SpanReader(payload);
        if (payload.Length != Size
            || !reader.TryTakeUInt32(out var magic) || magic != Magic
            || !reader.TryTakeUInt16(out var version) || version != WireLimits.ProtocolVersion
            || !reader.TryTakeUInt16(out var slot)
            || !reader.TryTakeUInt16(out var slots) || slots > WireLimits.MaxSlots || slot >= slots
            || !reader.TryTakeUInt32(out var worker)
            || !reader.TryTakeUInt32(out var generation)
            || !reader.TryTakeUInt64(out var high)
            || !reader.TryTakeUInt64(out var low))
        {
            return OperationStatus.InvalidData;
        }

        hello = new Hello(worker, generation, slot, slots, high, low);
        return OperationStatus.Done;
    }
}
