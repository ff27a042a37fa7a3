using System.Runtime.InteropServices;

namespace Addergate.Posix.Identity;

/// <summary>geteuid(2).</summary>
public static partial class EffectiveUser
{
    public static uint Id => GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
