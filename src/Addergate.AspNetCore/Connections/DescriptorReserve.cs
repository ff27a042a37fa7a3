using Addergate.Posix.Files;
using Addergate.Posix.Processes;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Keeps the highest descriptor numbers that the limit on open files allows for the server itself. A process that has none
/// left cannot load a library, and what needed it stays broken when there are descriptors again. The kernel gives the lowest
/// free number, so one from the reserve tells that all others are taken: clients and spool files then have to wait.
/// </summary>
/// <param name="files">The limit on open files.</param>
internal sealed class DescriptorReserve(long files)
{
    /// <summary>Libraries that are loaded late (about 20), slots of workers, pipes.</summary>
    public const int Size = 64;

    /// <summary>The limit on open files.</summary>
    public long Files => files;

    /// <summary>That of this process. The .NET runtime has raised the soft limit to the hard one at its start.</summary>
    public static DescriptorReserve OfThisProcess() => new(
        (long)Math.Min(ResourceLimits.Get(0, ResourceKind.OpenFiles)?.Soft ?? 1024, int.MaxValue));

    /// <summary>For people, once it has been touched.</summary>
    public override string ToString() => $"nearly all of the {files} files that a process may have open are in use";

    /// <summary>Whether a descriptor that was just opened is from the reserve.</summary>
    public bool Has(nint descriptor) => descriptor >= files - Size;

    /// <summary>Whether the next one would be.</summary>
    public bool IsNext() => Descriptor.LowestFree() is var next && (next < 0 || Has(next));
}
