namespace Addergate.Supervisor.Fleets;

/// <summary>How many workers have ended for each reason since the server started.</summary>
internal sealed class RecycleCounts
{
    private readonly ulong[] _counts = new ulong[Enum.GetValues<RecycleReason>().Length];

    public ulong this[RecycleReason reason] => _counts[(int)reason];

    public void Add(RecycleReason reason) => _counts[(int)reason]++;
}
