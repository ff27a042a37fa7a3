using Addergate.Posix;

namespace Addergate.AspNetCore.Files;

/// <summary>Why a file was not opened.</summary>
internal static class OpenFailures
{
    /// <summary>Whether the machine has no room for it just now: the file may well be there.</summary>
    public static bool IsShortage(int error) => error is Errno.ProcessFiles or Errno.SystemFiles or Errno.NoMemory;
}
