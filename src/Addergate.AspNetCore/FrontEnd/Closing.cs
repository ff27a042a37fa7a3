using Addergate.AspNetCore.AccessLog;
using Addergate.AspNetCore.Dispatch;
using Addergate.Posix.Files;
using Addergate.Posix.Sockets;
using Addergate.Settings.Model;
using Addergate.Wire.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>
/// The end of a front end, so that nobody who has connected goes without an answer:
/// <code>
///  1. answers say that they are the last on their connection; for the drain delay new connections are still welcome
///  2. the kernel takes no new connection, those that it has taken are accepted
///  3. the listeners close, idle connections end, the others after their answer
///  4. what runs is finished, up to the graceful timeout
/// </code>
/// The ports are the supervisor's, which has closed its own copies when it sends DRAIN.
/// </summary>
internal sealed class Closing(
    WebApplication app, TimeoutSettings timeouts, IReadOnlyList<InheritedListener> listeners)
{
    // For handshakes that are under way when new ones are dropped: a round trip to most places on earth.
    private static readonly TimeSpan Handshake = TimeSpan.FromMilliseconds(100);

    // For a backlog that never empties: the accepting side is stuck, and that is another problem.
    private static readonly TimeSpan LongestBacklog = TimeSpan.FromSeconds(2);

    // For a supervisor that no longer reads its log socket.
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(1);

    private readonly IServiceProvider _services = app.Services;

    /// <summary>Completes when everything is out, or the time for it is over. Once.</summary>
    /// <param name="portsLiveOn">The ports stay open in another process: new connections and the backlog are its, so there
    /// is no drain delay, and nothing may be done to the sockets.</param>
    public async Task RunAsync(bool portsLiveOn)
    {
        // 1.
        _services.GetRequiredService<Departure>().Begin();
        var applications = _services.GetRequiredService<WsgiApplications>();
        foreach (var application in applications.All)
        {
            application.Pool.BeginDrain();
        }

        await Task.Delay(portsLiveOn ? TimeSpan.Zero : timeouts.DrainDelay).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(timeouts.Graceful);
        // 2.
        if (!portsLiveOn)
        {
            await TakeBacklogAsync(limit.Token).ConfigureAwait(false);
        }

        // 3.
        await app.StopAsync(limit.Token).ConfigureAwait(false);
        // 4.
        await applications.All[0].Dispatcher.WhenIdleAsync()
            .WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _services.GetRequiredService<AccessLogWriter>().FlushAsync()
            .WaitAsync(LastLines).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task TakeBacklogAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in listeners)
        {
            // Where the kernel does not do it there is a moment in which a connection can be lost.
            _ = ListenerFilter.TryDropNew(listener.Descriptor);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestBacklog);
        do
        {
            await Task.Delay(Handshake, CancellationToken.None).ConfigureAwait(false);
        }
        while (HasBacklog() && !limit.IsCancellationRequested);
    }

    private bool HasBacklog()
    {
        var entries = new PollEntry[listeners.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new PollEntry(listeners[i].Descriptor);
        }

        return Poll.Wait(entries, 0) > 0;
    }
}
