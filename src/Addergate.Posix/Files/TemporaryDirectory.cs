using System.Runtime.InteropServices;
using System.Text;

namespace Addergate.Posix.Files;

/// <summary>mkdtemp(3): a new directory that only its owner may enter.</summary>
public static unsafe partial class TemporaryDirectory
{
    /// <summary>Makes one under a name that begins with the prefix; null with errno.</summary>
    public static string? Create(string prefix)
    {
        var template = Encoding.UTF8.GetBytes(prefix + "XXXXXX\0");
        fixed (byte* path = template)
        {
            return Make(path) is null ? null : Encoding.UTF8.GetString(template.AsSpan(0, template.Length - 1));
        }
    }

    [LibraryImport("libc", EntryPoint = "mkdtemp", SetLastError = true)]
    private static partial byte* Make(byte* template);
}
