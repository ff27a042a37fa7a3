using Addergate.AspNetCore.Queue;
using Addergate.Posix.Memory;

namespace Addergate.AspNetCore.Slots;

/// <summary>What came of a HELLO.</summary>
/// <param name="Worker">The worker, or null when the connection is refused.</param>
/// <param name="Slot">The slot's index.</param>
/// <param name="Page">The worker's claim page.</param>
/// <param name="Refusal">For people: why not.</param>
internal readonly record struct SlotAdmission(WorkerState? Worker, int Slot, SharedMapping? Page, string Refusal)
{
    public static SlotAdmission Refuse(string reason) => new(null, 0, null, reason);
}
