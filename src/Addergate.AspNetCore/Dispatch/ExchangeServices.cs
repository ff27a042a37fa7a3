using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>What every exchange and slot of a server shares.</summary>
internal sealed class ExchangeServices(
    IOptions<WsgiOptions> options,
    SlotPool pool,
    BufferBudgets budgets,
    TimeProvider time,
    ClaimWatch claimWatch,
    ILogger<WsgiDispatcher> logger)
{
    public WsgiOptions Options { get; } = options.Value;

    public SlotPool Pool => pool;

    public BufferBudgets Budgets => budgets;

    public TimeProvider Time => time;

    public ClaimWatch ClaimWatch => claimWatch;

    public ILogger Logger => logger;

    public InFlightCounter InFlight { get; } = new();

    /// <summary>Seconds since the epoch, UTC, as Python's <c>time.time()</c>.</summary>
    public double Now() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
}
