using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Queue;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>One application of the server: its queue, its slots, and the way to them.</summary>
internal sealed class WsgiApplication : IDisposable
{
    public WsgiApplication(string name, WsgiOptions options, SharedServices shared)
    {
        Name = name;
        Services = new ExchangeServices(options, shared);
        Dispatcher = new WsgiDispatcher(
            Services, new BodyIntake(options, shared.Budgets, shared.Reserve, shared.Time, shared.Logger));
    }

    public string Name { get; }

    public ExchangeServices Services { get; }

    public SlotPool Pool => Services.Pool;

    public WsgiDispatcher Dispatcher { get; }

    public void Dispose()
    {
        Services.Watch.Dispose();
        Services.Stalls.Dispose();
    }
}
