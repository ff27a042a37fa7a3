using System.Buffers;
using System.Net.Sockets;
using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Dispatch;
using Addergate.Wire;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Slots;

/// <summary>Answers READ with body bytes.</summary>
internal sealed partial class Slot
{
    // Below a Unix socket's default buffer (net.core.wmem_default, 208 KiB), so that most answers go out in one send.
    private const int LargestAnswer = 128 * 1024;

    private async Task AnswerReadAsync(Exchange exchange, int most)
    {
        var size = Math.Min(most, LargestAnswer);
        var frame = ArrayPool<byte>.Shared.Rent(WireLimits.HeaderSize + size);
        try
        {
            var piece = await ReadTimedAsync(exchange, frame.AsMemory(WireLimits.HeaderSize, size)).ConfigureAwait(false);
            var header = piece.Count > 0
                ? new FrameHeader(piece.Count, FrameKind.Body, piece.IsLast ? FrameFlags.End : FrameFlags.None)
                : new FrameHeader(0, FrameKind.BodyEnd, piece.Ending);
            header.WriteTo(frame);
            // Before the answer is out: the worker may ask again before this thread goes on.
            _isReadPending = false;
            if (_transport.Send(frame.AsMemory(0, WireLimits.HeaderSize + piece.Count), []) is { } rest)
            {
                await rest.ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            Close(SlotFailure.WorkerGone);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    // What is not there at once is waited for: the client's time, not the application's.
    private async ValueTask<BodyPiece> ReadTimedAsync(Exchange exchange, Memory<byte> destination)
    {
        var read = ReadBodyAsync(exchange, destination);
        if (read.IsCompleted)
        {
            return await read.ConfigureAwait(false);
        }

        var number = _number;
        BeginClientWait(number);
        try
        {
            return await read.ConfigureAwait(false);
        }
        finally
        {
            EndClientWait(number);
        }
    }

    private static async ValueTask<BodyPiece> ReadBodyAsync(Exchange exchange, Memory<byte> destination)
    {
        if (!exchange.TryHold())
        {
            return BodyPiece.End(FrameFlags.Disconnected);
        }

        try
        {
            return await exchange.Body!.ReadAsync(destination).ConfigureAwait(false);
        }
        finally
        {
            exchange.EndHold();
        }
    }
}
