using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>Sends requests to the workers: a <see cref="RequestDelegate"/> that ends every request it gets.</summary>
public sealed class WsgiDispatcher
{
    /// <summary>Requests that were taken and whose response is not finished yet.</summary>
    public int InFlight => 0;

    /// <summary>Serves one request. <c>PathBase</c> is the mount point.</summary>
    public Task DispatchAsync(HttpContext context) => Task.CompletedTask;

    /// <summary>Completes when <see cref="InFlight"/> is zero.</summary>
    public Task WhenIdleAsync() => Task.CompletedTask;
}
