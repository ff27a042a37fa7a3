using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Queue;
using Addergate.AspNetCore.Responses;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>What every exchange and slot of a server shares.</summary>
internal sealed class ExchangeServices(
    IOptions<WsgiOptions> options,
    SlotPool pool,
    BufferBudgets budgets,
    TimeProvider time,
    RequestWatch watch,
    SupervisorLink supervisor,
    Departure departure,
    StallWatch stalls,
    IEnumerable<IHeadRule> headRules,
    ILogger<WsgiDispatcher> logger)
{
    public WsgiOptions Options { get; } = options.Value;

    public SlotPool Pool => pool;

    public TimeLimits Limits => pool.Limits;

    public BufferBudgets Budgets => budgets;

    public TimeProvider Time => time;

    public RequestWatch Watch => watch;

    public SupervisorLink Supervisor => supervisor;

    public Departure Departure => departure;

    public StallWatch Stalls => stalls;

    /// <summary>Which heads are not followed by the application's body.</summary>
    public IHeadRule[] HeadRules { get; } = [.. headRules];

    public ILogger Logger => logger;

    public InFlightCounter InFlight { get; } = new();

    /// <summary>Seconds since the epoch, UTC, as Python's <c>time.time()</c>.</summary>
    public double Now() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
}
