using System.Buffers;
using System.Text;

namespace Addergate.Supervisor.Certificates;

/// <summary>Reads a file that should have certificates or a key in it.</summary>
public static class CertificateText
{
    // Far above any chain; a mistaken path to a device or a disk image must not fill the memory.
    private const int LargestFile = 256 * 1024;

    /// <param name="path">The file.</param>
    /// <param name="what">What to call it in messages.</param>
    /// <param name="text">What is in it, on success; otherwise why it cannot be had, for people.</param>
    public static CertificateReading Read(string path, string what, out string text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LargestFile + 1);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var length = file.ReadAtLeast(buffer.AsSpan(0, LargestFile + 1), LargestFile + 1, throwOnEndOfStream: false);
            text = length > LargestFile
                ? $"the {what} {path} is larger than {LargestFile} bytes"
                : Encoding.UTF8.GetString(buffer.AsSpan(0, length));
            return length > LargestFile ? CertificateReading.TooLarge : CertificateReading.Read;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var isAway = error is FileNotFoundException or DirectoryNotFoundException;
            text = isAway ? $"the {what} {path} does not exist" : $"the {what} {path} cannot be read: {error.Message.TrimEnd('.')}";
            return isAway ? CertificateReading.Away : CertificateReading.Refused;
        }
        finally
        {
            // Cleared: the pool must not keep a key.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
