namespace Addergate.AspNetCore.Bodies;

/// <summary>One cap on the bytes that all requests hold together, in memory or on disk. Thread-safe.</summary>
internal sealed class BufferBudget(long limit)
{
    private long _inUse;

    /// <summary>Bytes taken and not returned.</summary>
    public long InUse => Interlocked.Read(ref _inUse);

    /// <summary>Whether somebody had to take more than there was.</summary>
    public bool IsUsedUp => InUse > limit;

    /// <summary>Takes bytes if that stays within the cap.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _inUse, bytes) <= limit)
        {
            return true;
        }

        Interlocked.Add(ref _inUse, -bytes);
        return false;
    }

    /// <summary>Takes bytes that are there already and cannot be refused.</summary>
    /// <returns>Whether the cap still holds; if not, the caller takes nothing more.</returns>
    public bool Take(long bytes) => Interlocked.Add(ref _inUse, bytes) <= limit;

    public void Return(long bytes) => Interlocked.Add(ref _inUse, -bytes);
}
