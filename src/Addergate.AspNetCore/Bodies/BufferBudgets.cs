using Microsoft.Extensions.Options;

namespace Addergate.AspNetCore.Bodies;

/// <summary>The two global caps: bytes of requests and responses in memory, bytes of spool files on disk.</summary>
internal sealed class BufferBudgets(IOptions<WsgiOptions> options)
{
    public BufferBudget Memory { get; } = new(options.Value.Limits.TotalMemory);

    public BufferBudget Spool { get; } = new(options.Value.Limits.TotalSpool);
}
