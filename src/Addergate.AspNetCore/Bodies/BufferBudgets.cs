using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Bodies;

/// <summary>The two global caps: bytes of requests and responses in memory, bytes of spool files on disk.</summary>
internal sealed class BufferBudgets(LimitSettings limits)
{
    public BufferBudget Memory { get; } = new(limits.TotalMemory);

    public BufferBudget Spool { get; } = new(limits.TotalSpool);
}
