using System.Net.Sockets;

namespace Addergate.AspNetCore.Slots;

/// <summary>Accepts slot connections.</summary>
public sealed class SlotListener
{
    /// <summary>Accepts until cancelled; ends normally then.</summary>
    public Task RunAsync(Socket listener, CancellationToken cancellationToken) => Task.CompletedTask;
}
