using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>THREADS: what the request threads of all workers do.</summary>
/// <param name="ProcessId">Who asked.</param>
/// <param name="Json">An array, as <c>Addergate.AspNetCore</c> writes and <c>addergate._metrics</c> reads it.</param>
public sealed record ThreadsMessage(uint ProcessId, string Json) : ControlMessage(ControlKind.Threads)
{
    private protected override void WritePayload(FrameBuffer buffer)
    {
        buffer.WriteUInt32(ProcessId);
        WriteString(buffer, Json);
    }

    internal static ThreadsMessage? Read(ref SpanReader reader) =>
        reader.TryTakeUInt32(out var process) && reader.TryTakeString(out var json) ? new ThreadsMessage(process, json) : null;
}
