using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Addergate.Worker.Module;

/// <summary>The runtime's own files, which it opens when it first needs what is in them.</summary>
internal static class RuntimeFiles
{
    /// <summary>Opens all that this process can come to need, before they are out of its reach (<c>--chroot</c>).</summary>
    internal static void OpenAll()
    {
        Open(typeof(RuntimeFiles).Assembly, []);
        Compile();
    }

    // The compiler is a library that is loaded when it first has something to do, which may be late: what is published is
    // compiled already. It is not where this attribute stands.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Compile()
    {
    }

    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "References that trimming removed are not needed, and nothing is looked up.")]
    private static void Open(Assembly assembly, HashSet<string> seen)
    {
        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            if (seen.Add(reference.Name!) && TryLoad(reference) is { } found)
            {
                Open(found, seen);
            }
        }
    }

    // A reference of something that is never run may have been left out of the layout.
    private static Assembly? TryLoad(AssemblyName reference)
    {
        try
        {
            return Assembly.Load(reference);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
