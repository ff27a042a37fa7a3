using System.Net.Sockets;
using Addergate.AspNetCore.Dispatch;

namespace Addergate.AspNetCore.Slots;

/// <summary>Accepts slot connections.</summary>
public sealed class SlotListener
{
    // A worker says HELLO with its first send; what takes longer is stuck.
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(5);

    private readonly WorkerRegistry _registry;
    private readonly SharedServices _services;

    internal SlotListener(WorkerRegistry registry, SharedServices services)
    {
        _registry = registry;
        _services = services;
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
                _ = AdmitAsync(socket, cancellationToken);
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
                return;
            }

            refusal = admission.Refusal;
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException
            or ObjectDisposedException)
        {
            refusal = failure.Message;
        }

        DispatchLog.SlotRefused(_services.Logger, refusal);
        socket.Dispose();
    }
}
