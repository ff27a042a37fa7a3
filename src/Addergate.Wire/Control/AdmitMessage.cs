using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>
/// A worker was started: what its HELLO must say, and the process that must say it (SO_PEERCRED).
/// </summary>
/// <param name="Worker">The worker's number.</param>
/// <param name="Application">Its application's place in the settings.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="UserId">Whom that process runs as.</param>
/// <param name="Slots">How many request threads it has.</param>
/// <param name="NonceHigh">Its secret, first half.</param>
/// <param name="NonceLow">Its secret, second half.</param>
/// <param name="MaximumRequests">After this many requests WORN_OUT is said; 0 for never.</param>
public sealed record AdmitMessage(
    uint Worker,
    ushort Application,
    uint Generation,
    int ProcessId,
    uint UserId,
    ushort Slots,
    ulong NonceHigh,
    ulong NonceLow,
    ulong MaximumRequests) : ControlMessage(ControlKind.Admit)
{
    private protected override void WritePayload(FrameBuffer buffer)
    {
        buffer.WriteUInt32(Worker);
        buffer.WriteUInt16(Application);
        buffer.WriteUInt32(Generation);
        buffer.WriteUInt32((uint)ProcessId);
        buffer.WriteUInt32(UserId);
        buffer.WriteUInt16(Slots);
        buffer.WriteUInt64(NonceHigh);
        buffer.WriteUInt64(NonceLow);
        buffer.WriteUInt64(MaximumRequests);
    }

    internal static AdmitMessage? Read(ref SpanReader reader) =>
        reader.TryTakeUInt32(out var worker)
        && reader.TryTakeUInt16(out var application) && application < WireLimits.MaxApplications
        && reader.TryTakeUInt32(out var generation)
        && reader.TryTakeUInt32(out var pid)
        && reader.TryTakeUInt32(out var user)
        && reader.TryTakeUInt16(out var slots) && slots <= WireLimits.MaxSlots
        && reader.TryTakeUInt64(out var high)
        && reader.TryTakeUInt64(out var low)
        && reader.TryTakeUInt64(out var maximum)
            ? new AdmitMessage(worker, application, generation, (int)pid, user, slots, high, low, maximum)
            : null;
}
