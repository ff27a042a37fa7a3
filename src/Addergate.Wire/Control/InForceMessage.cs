using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>IN_FORCE: the generation of an application that gets requests from now on.</summary>
/// <param name="Application">The application's place in the settings.</param>
/// <param name="Generation">The generation. No two applications have one with the same number.</param>
public sealed record InForceMessage(ushort Application, uint Generation) : ControlMessage(ControlKind.InForce)
{
    private protected override void WritePayload(FrameBuffer buffer)
    {
        buffer.WriteUInt16(Application);
        buffer.WriteUInt32(Generation);
    }

    internal static InForceMessage? Read(ref SpanReader reader) =>
        reader.TryTakeUInt16(out var application) && application < WireLimits.MaxApplications
        && reader.TryTakeUInt32(out var generation)
            ? new InForceMessage(application, generation)
            : null;
}
