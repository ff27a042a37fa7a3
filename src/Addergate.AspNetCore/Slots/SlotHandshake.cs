using System.Buffers;
using System.Net.Sockets;
using Addergate.Posix.Memory;
using Addergate.Posix.Sockets;
using Addergate.Wire;
using Addergate.Wire.Claims;
using Addergate.Wire.Frames;
using Microsoft.Win32.SafeHandles;

namespace Addergate.AspNetCore.Slots;

/// <summary>
/// Reads and checks a connection's HELLO: the process at the other end and what it says must be what the supervisor
/// admitted, and the page that it shares must be one that cannot be cut under this process.
/// </summary>
internal static class SlotHandshake
{
    private const int WouldBlock = 11; // EAGAIN

    /// <summary>Reads it.</summary>
    /// <param name="socket">Just accepted.</param>
    /// <param name="registry">Who may connect.</param>
    /// <param name="cancellationToken">Ends the wait for a connection that says nothing.</param>
    /// <exception cref="OperationCanceledException">The token.</exception>
    /// <exception cref="SocketException">The connection broke.</exception>
    public static async Task<SlotAdmission> ReadAsync(
        Socket socket, WorkerRegistry registry, CancellationToken cancellationToken)
    {
        var peer = PeerCredentials.Of(socket);
        var buffer = new byte[WireLimits.HeaderSize + WireLimits.MaxHello];
        var length = 0;
        SafeFileHandle? page = null;
        try
        {
            while (true)
            {
                // Only a look: a receive without room for control data would lose the descriptor.
                if (await socket.ReceiveAsync(new byte[1], SocketFlags.Peek, cancellationToken).ConfigureAwait(false) == 0)
                {
                    return SlotAdmission.Refuse($"process {peer.ProcessId} said nothing");
                }

                var count = DescriptorReceive.TryReceive(socket.SafeHandle, buffer.AsSpan(length), out var received);
                if (received is not null)
                {
                    page?.Dispose();
                    page = received;
                }

                if (count < 0 && count != -WouldBlock)
                {
                    return SlotAdmission.Refuse($"receiving failed with errno {-count}");
                }

                length += Math.Max(0, count);
                var status = TryReadHello(buffer.AsSpan(0, length), out var hello);
                if (status is OperationStatus.Done)
                {
                    return await CheckAsync(hello, page, peer, registry, cancellationToken).ConfigureAwait(false);
                }

                if (status is OperationStatus.InvalidData || length == buffer.Length)
                {
                    return SlotAdmission.Refuse($"process {peer.ProcessId} sent no HELLO of this version");
                }
            }
        }
        finally
        {
            page?.Dispose();
        }
    }

    private static OperationStatus TryReadHello(ReadOnlySpan<byte> received, out Hello hello)
    {
        hello = default;
        var status = FrameHeader.TryRead(received, out var header);
        if (status is not OperationStatus.Done)
        {
            return status;
        }

        received = received[WireLimits.HeaderSize..];
        if (header.Kind is not FrameKind.Hello || received.Length > header.Length)
        {
            return OperationStatus.InvalidData;
        }

        return received.Length < header.Length ? OperationStatus.NeedMoreData : Hello.TryRead(received, out hello);
    }

    private static async ValueTask<SlotAdmission> CheckAsync(
        Hello hello,
        SafeFileHandle? page,
        PeerCredentials peer,
        WorkerRegistry registry,
        CancellationToken cancellationToken)
    {
        var match = await registry.MatchAsync(hello, peer, cancellationToken).ConfigureAwait(false);
        if (match is not { } worker)
        {
            return SlotAdmission.Refuse($"process {peer.ProcessId} of user {peer.UserId} is not worker {hello.Worker} as admitted");
        }

        if (page is null || !FileSeals.IsSizeFixed(page)
            || RandomAccess.GetLength(page) < ClaimLine.PageSize(hello.Slots))
        {
            return SlotAdmission.Refuse($"worker {hello.Worker} sent no sealed claim page of the right size");
        }

        return worker.Map(page) is { } mapping
            ? new SlotAdmission(worker, hello.Slot, mapping, "")
            : SlotAdmission.Refuse($"the claim page of worker {hello.Worker} could not be mapped");
    }
}
