using System.Text;

namespace Addergate.Cli.Generated;

/// <summary>Writes a file whole or not at all.</summary>
internal static class AtomicFile
{
    /// <param name="path">What is there is replaced: also a link, which is not followed.</param>
    /// <param name="text">All of it.</param>
    /// <param name="mode">Its permissions, before anything is in it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal static void Write(string path, string text, UnixFileMode mode)
    {
        var draft = $"{path}.{Environment.ProcessId}~";
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = mode,
            };
            using (var file = new FileStream(draft, options))
            {
                file.Write(Encoding.UTF8.GetBytes(text));

                // The umask may have taken something away.
                File.SetUnixFileMode(file.SafeFileHandle, mode);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }
}
