using System.Net.Sockets;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Logs;

namespace Addergate.AspNetCore.Slots;

/// <summary>Accepts slot connections.</summary>
public sealed class SlotListener
{
    // A worker says HELLO with its first send; what takes longer is stuck.
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(5);

    // Where workers of several users connect everybody on the machine can, and must not use up this process's descriptors.
    private const int MostPending = 1024;

    private readonly WorkerRegistry _registry;
    private readonly Reminder _refusals;
    private int _pending;
    private readonly SharedServices _services;

    internal SlotListener(WorkerRegistry registry, SharedServices services)
    {
        _registry = registry;
        _services = services;
        _refusals = new Reminder(services.Time);
    }

    /// <summary>Accepts until cancelled; ends normally then.</summary>
    /// <param name="listener">A Unix stream socket that listens; stays the caller's.</param>
    /// <param name="cancellationToken">Slots that are connected stay so.</param>
    public async Task RunAsync(Socket listener, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
                if (Interlocked.Increment(ref _pending) > MostPending)
                {
                    Refuse(socket, "too many have connected and not said who they are");
                }
                else
                {
                    _ = AdmitAsync(socket, cancellationToken);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException failure)
            {
                // Out of descriptors, or a connection that was gone before it was accepted.
                DispatchLog.AcceptFailed(_services.Logger, failure.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), _services.Time, CancellationToken.None)
                    .ConfigureAwait(false);
            }
        }
    }

    private async Task AdmitAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(HelloTimeout, _services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        string refusal;
        try
        {
            var admission = await SlotHandshake.ReadAsync(socket, _registry, either.Token).ConfigureAwait(false);
            if (admission.Worker is { } worker)
            {
                var slot = new Slot(socket, admission.Slot, worker, admission.Page!, worker.Services);
                DispatchLog.SlotConnected(
                    _services.Logger, slot.Index, worker.Admission.Worker, worker.Admission.ProcessId);
                worker.Services.Pool.Add(slot);
                slot.Start();
                Interlocked.Decrement(ref _pending);
                return;
            }

            refusal = admission.Refusal;
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException
            or ObjectDisposedException)
        {
            refusal = failure.Message;
        }

        Refuse(socket, refusal);
    }

    private void Refuse(Socket socket, string reason)
    {
        Interlocked.Decrement(ref _pending);
        if (_refusals.IsDue(out var count))
        {
            DispatchLog.SlotRefused(_services.Logger, count == 1 ? reason : $"{reason} ({count} times)");
        }

        socket.Dispose();
    }
}
