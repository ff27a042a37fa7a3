using System.IO.Pipelines;
using Addergate.Posix.Files;

namespace Addergate.AspNetCore.Files;

/// <summary>
/// Copies parts of a file into the web server's buffer, no faster than the client takes them. The web server has no
/// sendfile(2): its own SendFileAsync copies too, and opens the file by name a second time.
/// </summary>
internal static class FileSender
{
    /// <summary>What is read at once, and what one slow client holds.</summary>
    public const int BlockSize = 64 * 1024;

    /// <summary>Sends a part, on a thread that may wait for a disk. The response has started.</summary>
    public static async ValueTask<FileSendEnd> SendAsync(PipeWriter writer, OpenedFile file, ByteRange range)
    {
        var (offset, left) = (range.Start, range.Length);
        while (left > 0)
        {
            var count = ReadBlock(writer, file, offset, left);
            if (count <= 0)
            {
                return FileSendEnd.Unreadable;
            }

            offset += count;
            left -= count;
            // The last block too: with a length announced and the head out, nobody else would send it.
            var flush = await writer.FlushAsync().ConfigureAwait(false);
            if (flush.IsCompleted || flush.IsCanceled)
            {
                return FileSendEnd.ClientGone;
            }
        }

        return FileSendEnd.Whole;
    }

    /// <summary>Copies bytes without sending them yet.</summary>
    public static void Write(PipeWriter writer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
    }

    /// <summary>Copies a small part without waiting for a disk, and without sending it yet.</summary>
    /// <returns>False, and nothing was copied, where the disk would be needed.</returns>
    public static bool TryCopyCached(PipeWriter writer, OpenedFile file, ByteRange range)
    {
        var size = (int)range.Length;
        if (file.ReadCached(writer.GetSpan(size)[..size], range.Start) != size)
        {
            return false;
        }

        writer.Advance(size);
        return true;
    }

    private static int ReadBlock(PipeWriter writer, OpenedFile file, long offset, long left)
    {
        var size = (int)Math.Min(left, BlockSize);
        var count = file.Read(writer.GetSpan(size)[..size], offset, out _);
        if (count > 0)
        {
            writer.Advance(count);
        }

        return count;
    }
}
