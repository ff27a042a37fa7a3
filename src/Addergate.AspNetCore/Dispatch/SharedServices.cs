using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.Queue;
using Addergate.AspNetCore.Responses;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>What all applications of a server share.</summary>
internal sealed class SharedServices(
    BufferBudgets budgets,
    LoadReporter reporter,
    SupervisorLink supervisor,
    Departure departure,
    DescriptorReserve reserve,
    IEnumerable<IHeadRule> headRules,
    TimeProvider time,
    ILogger<WsgiDispatcher> logger)
{
    public BufferBudgets Budgets => budgets;

    public LoadReporter Reporter => reporter;

    public SupervisorLink Supervisor => supervisor;

    public Departure Departure => departure;

    public DescriptorReserve Reserve => reserve;

    /// <summary>Which heads are not followed by the application's body.</summary>
    public IHeadRule[] HeadRules { get; } = [.. headRules];

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    public InFlightCounter InFlight { get; } = new();
}
