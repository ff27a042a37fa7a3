using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Metrics;
using Addergate.AspNetCore.Queue;
using Addergate.AspNetCore.Responses;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>What every exchange and slot of an application shares.</summary>
internal sealed class ExchangeServices
{
    public ExchangeServices(WsgiOptions options, SharedServices shared)
    {
        Options = options;
        Budgets = shared.Budgets;
        Time = shared.Time;
        Supervisor = shared.Supervisor;
        Departure = shared.Departure;
        InFlight = shared.InFlight;
        HeadRules = shared.HeadRules;
        Logger = shared.Logger;
        Metrics = options.MeasuredAs is { } name ? new ApplicationMetrics(name, shared.Time) : null;
        Watch = new RequestWatch(shared.Time);
        Pool = new SlotPool(options, Watch, shared.Reporter);
        Stalls = new StallWatch(options, shared.Budgets, Pool, shared.Time);
    }

    public WsgiOptions Options { get; }

    public SlotPool Pool { get; }

    public TimeLimits Limits => Pool.Limits;

    public BufferBudgets Budgets { get; }

    public TimeProvider Time { get; }

    public RequestWatch Watch { get; }

    /// <summary>Null where nobody asks for figures.</summary>
    public ApplicationMetrics? Metrics { get; }

    /// <summary>Whether anybody wants to know how long a request waited.</summary>
    public bool IsTimed => Options.IsAccessLogged || Metrics is not null;

    public SupervisorLink Supervisor { get; }

    public Departure Departure { get; }

    public StallWatch Stalls { get; }

    /// <summary>Which heads are not followed by the application's body.</summary>
    public IHeadRule[] HeadRules { get; }

    public ILogger Logger { get; }

    public InFlightCounter InFlight { get; }

    /// <summary>Seconds since the epoch, UTC, as Python's <c>time.time()</c>.</summary>
    public double Now() => (Time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
}
