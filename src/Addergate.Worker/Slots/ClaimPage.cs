using Addergate.Posix.Memory;
using Addergate.Wire.Claims;

namespace Addergate.Worker.Slots;

/// <summary>The page of claim lines that this worker shares with the front end; it lives as long as the
/// process.</summary>
internal sealed unsafe class ClaimPage
{
    private readonly void* _start;

    private ClaimPage(int descriptor, void* start)
    {
        Descriptor = descriptor;
        _start = start;
    }

    /// <summary>The sealed memory file, to be sent with each HELLO.</summary>
    internal int Descriptor { get; }

    internal static ClaimPage Create(int slots)
    {
        var size = ClaimLine.PageSize(slots);
        var descriptor = SealedMemoryFile.Create("addergate-claims", size);
        return new ClaimPage(descriptor, SharedMemory.Map(descriptor, size));
    }

    internal ClaimLine Line(int slot) => new(_start, slot);
}
