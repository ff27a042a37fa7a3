using Addergate.Wire.Frames;
using Addergate.Wire.Requests;
using Microsoft.Win32.SafeHandles;

namespace Addergate.AspNetCore.Bodies;

/// <summary>A body that was taken in whole, in a file without a name. File operations run on the thread pool.</summary>
internal sealed class SpooledBody(SafeFileHandle file, BufferBudget budget) : RequestBody
{
    private long _length;
    private long _taken;
    private long _position;

    public override long Length => _length;

    public override RequestBodyMode Mode => RequestBodyMode.OnDemand;

    /// <summary>Writes bytes to the end. False when the global budget has no room for them: nothing was written.
    /// </summary>
    /// <exception cref="IOException">The file system is full or broken.</exception>
    public async ValueTask<bool> TryAppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        var count = 0L;
        foreach (var piece in pieces)
        {
            count += piece.Length;
        }

        if (!budget.TryTake(count))
        {
            return false;
        }

        _taken += count;
        await RandomAccess.WriteAsync(file, pieces, _length).ConfigureAwait(false);
        _length += count;
        return true;
    }

    public override async ValueTask<BodyPiece> ReadAsync(Memory<byte> destination)
    {
        try
        {
            var count = await RandomAccess.ReadAsync(file, destination, _position).ConfigureAwait(false);
            _position += count;
            // A file shorter than what was written into it is a broken disk, not the end of the body.
            return count > 0 ? new BodyPiece(count, _position == _length, default)
                : BodyPiece.End(_position == _length ? default : FrameFlags.Invalid);
        }
        catch (IOException)
        {
            return BodyPiece.End(FrameFlags.Invalid);
        }
    }

    public override void Rewind() => _position = 0;

    public override void Dispose()
    {
        file.Dispose();
        budget.Return(_taken);
        _taken = 0;
    }
}
