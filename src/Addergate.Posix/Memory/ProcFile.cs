using System.Globalization;

namespace Addergate.Posix.Memory;

/// <summary>The kernel's small text files.</summary>
internal static class ProcFile
{
    /// <summary>The whole text; empty when it cannot be read.</summary>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The number on the line that begins with a name: <c>name 42</c> or <c>name: 42 kB</c>; null when there is
    /// none.</summary>
    public static long? Field(string path, string name)
    {
        foreach (var line in Read(path).Split('\n'))
        {
            if (line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries) is [var first, var number, ..]
                && first == name)
            {
                return long.TryParse(number, CultureInfo.InvariantCulture, out var value) ? value : null;
            }
        }

        return null;
    }
}
