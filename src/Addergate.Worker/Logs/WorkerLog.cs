using System.Text;
using Addergate.Posix.Sockets;
using Addergate.Wire.Frames;
using Addergate.Wire.Logs;

namespace Addergate.Worker.Logs;

/// <summary>The worker's own records. Any thread, with or without the GIL: it never waits, and drops a record that the
/// supervisor does not take.</summary>
internal static class WorkerLog
{
    internal static void Write(
        WorkerContext context, LogLevelCode level, ReadOnlySpan<byte> requestId, string text)
    {
        if (level >= context.LogLevel)
        {
            Write(context, level, Encoding.Latin1.GetString(requestId), text);
        }
    }

    internal static void Write(WorkerContext context, LogLevelCode level, string requestId, string text)
    {
        if (level < context.LogLevel)
        {
            return;
        }

        var datagram = new FrameBuffer(512);
        new LogRecord(LogRecordKind.Error, level, requestId, text).WriteTo(datagram);
        DatagramSend.TrySend(WorkerContext.LogSocket, datagram.WrittenSpan);
    }
}
