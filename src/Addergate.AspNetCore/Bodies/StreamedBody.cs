using System.Buffers;
using Addergate.Wire.Frames;
using Addergate.Wire.Requests;

namespace Addergate.AspNetCore.Bodies;

/// <summary>A body that is read from the client only when the application asks (request buffering off). The web
/// server sends <c>100 Continue</c> with the first read.</summary>
internal sealed class StreamedBody(PatientReader reader, long length) : RequestBody
{
    private long _read;
    private bool _isOver;

    public override long Length => length;

    public override RequestBodyMode Mode => RequestBodyMode.OnDemand;

    public override async ValueTask<BodyPiece> ReadAsync(Memory<byte> destination)
    {
        if (_isOver)
        {
            return BodyPiece.End(default);
        }

        try
        {
            var result = await reader.ReadAsync().ConfigureAwait(false);
            var taken = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, destination.Length));
            taken.CopyTo(destination.Span);
            var count = (int)taken.Length;
            var rest = result.Buffer.Length - count;
            reader.AdvanceTo(taken.End);
            _read += count;
            _isOver = (result.IsCompleted && rest == 0) || _read == length;
            return result.IsCanceled ? BodyPiece.End(FrameFlags.Disconnected)
                : count == 0 ? BodyPiece.End(default)
                : new BodyPiece(count, _isOver, default);
        }
        catch (Exception failure)
        {
            return BodyPiece.End(BodyFailure.ToFlags(failure));
        }
    }

    public override void Dispose() => reader.Dispose();
}
