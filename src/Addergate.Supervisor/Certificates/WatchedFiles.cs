using System.Buffers;
using System.Text;

namespace Addergate.Supervisor.Certificates;

/// <summary>
/// Files that make sense only together, such as a certificate and its key. They are compared by content rather than by
/// time: a file may be replaced within one tick of its file system's clock, or by a link to another with the same times.
/// Used by one thread.
/// </summary>
/// <param name="files">What to call each in messages, and its path.</param>
/// <param name="judge">Why their contents cannot be used, for people, or null.</param>
internal sealed class WatchedFiles(
    IReadOnlyList<(string What, string Path)> files, Func<IReadOnlyList<string>, CertificateProblem?> judge)
{
    // Far above any chain; a mistaken path to a device or a disk image must not fill the memory.
    private const int LargestFile = 256 * 1024;

    private string[] _seen = [];

    /// <summary>The contents that were read last and made sense; empty before.</summary>
    public IReadOnlyList<string> InForce { get; private set; } = [];

    /// <summary>Reads them. What makes no sense leaves what was in force, and is told of once. So does a file that is
    /// away, without a word: it may be about to be replaced.</summary>
    /// <param name="isNew">Whether <see cref="InForce"/> is another now.</param>
    /// <returns>Null, or what is wrong, for people.</returns>
    public string? Refresh(out bool isNew)
    {
        isNew = false;
        var contents = new string[files.Count];
        for (var index = 0; index < contents.Length; index++)
        {
            if (Read(files[index].Path, files[index].What, out var reason) is not { } content)
            {
                return InForce.Count == 0 ? reason : null;
            }

            contents[index] = content;
        }

        if (contents.AsSpan().SequenceEqual(_seen))
        {
            return null;
        }

        _seen = contents;
        if (judge(contents) is { } problem)
        {
            return problem.ToString();
        }

        isNew = true;
        InForce = contents;
        return null;
    }

    private static string? Read(string path, string what, out string reason)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LargestFile + 1);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var length = file.ReadAtLeast(buffer, LargestFile + 1, throwOnEndOfStream: false);
            reason = length > LargestFile ? $"the {what} {path} is larger than {LargestFile} bytes" : "";
            return length > LargestFile ? null : Encoding.UTF8.GetString(buffer.AsSpan(0, length));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            reason = error is FileNotFoundException or DirectoryNotFoundException
                ? $"the {what} {path} does not exist"
                : $"the {what} {path} cannot be read: {error.Message}";
            return null;
        }
        finally
        {
            // Cleared: the pool must not keep a key.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
