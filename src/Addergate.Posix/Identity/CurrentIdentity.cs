using System.Runtime.InteropServices;

namespace Addergate.Posix.Identity;

/// <summary>Who this process is.</summary>
public static partial class CurrentIdentity
{
    public static uint EffectiveUser => GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
