using System.Buffers;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// Bytes both ways between a client and a target. The client's end is passed on, and what the target still sends comes through;
/// the target's end ends the tunnel. An idle tunnel holds no buffer.
/// </summary>
internal sealed class Tunnel(Stream client, Stream target, TargetConnection connection, ForwardPatience patience)
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Bytes that went to the client.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Runs until both are done, one of them broke off, or nothing came for too long.</summary>
    public async Task RunAsync()
    {
        var sending = SendAsync();
        try
        {
            await CopyAsync(target, client, count => BytesSent += count).ConfigureAwait(false);
        }
        finally
        {
            // Nobody is left to send to.
            patience.Cancel();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await CopyAsync(client, target, static _ => { }).ConfigureAwait(false);
            await connection.EndSendingAsync().ConfigureAwait(false);
        }
        catch
        {
            // A client that broke off, or a target that takes nothing: neither is worth waiting for.
            patience.Cancel();
            throw;
        }
    }

    private async Task CopyAsync(Stream from, Stream to, Action<int> onCopied)
    {
        while (true)
        {
            await from.ReadAsync(Memory<byte>.Empty, patience.Token).ConfigureAwait(false);
            // The client's bytes come on the thread that serves every socket.
            await Task.Yield();
            var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            try
            {
                var count = await from.ReadAsync(buffer.AsMemory(0, BufferSize), patience.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    return;
                }

                patience.Renew();
                await to.WriteAsync(buffer.AsMemory(0, count), patience.Token).ConfigureAwait(false);
                await to.FlushAsync(patience.Token).ConfigureAwait(false);
                patience.Renew();
                onCopied(count);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
