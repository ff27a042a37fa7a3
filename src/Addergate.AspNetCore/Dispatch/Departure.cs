using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>
/// The time between the decision to stop and the end of the listeners: connections are still accepted, and each answer
/// says that it is the last on its connection (<c>Connection: close</c>, GOAWAY). Thread-safe.
/// </summary>
internal sealed class Departure
{
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    public void Begin() => _hasBegun = true;

    /// <summary>Has the answer to this request say so; before its head is sent.</summary>
    public void Announce(HttpContext context)
    {
        if (_hasBegun)
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }
    }
}
