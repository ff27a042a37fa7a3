using Addergate.Posix;
using Addergate.Posix.Files;

namespace Addergate.AspNetCore.Files;

/// <summary>Judges what was opened for a path.</summary>
internal static class FileVerdicts
{
    /// <param name="route">What the path belongs to.</param>
    /// <param name="file">What was opened, or null.</param>
    /// <param name="error">errno without a file.</param>
    /// <param name="namesDirectory">Whether the path below the URL is empty, or ends with a slash.</param>
    /// <param name="answersDirectories">Whether there are index files or lists.</param>
    public static FileVerdict Judge(
        FileRoute route, OpenedFile? file, int error, bool namesDirectory, bool answersDirectories)
    {
        if (file is null)
        {
            return error is Errno.Access or Errno.NotPermitted ? FileVerdict.Forbidden
                : OpenFailures.IsShortage(error) ? FileVerdict.Unavailable
                : FileVerdict.Nothing;
        }

        return file.Kind switch
        {
            OpenedFileKind.Directory when answersDirectories && route.Root.IsDirectory => FileVerdict.Directory,
            OpenedFileKind.Regular when namesDirectory != route.Root.IsDirectory => FileVerdict.File,
            _ => FileVerdict.Nothing,
        };
    }
}
