using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Addergate.AspNetCore.Bodies;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// A request's body on its way to the target: each piece is sent when it comes, whatever the target has answered meanwhile. It
/// is read once, so a request with a body can be sent once.
/// </summary>
/// <param name="reader">The client's body.</param>
/// <param name="length">Its length, or null where it is not known before its end.</param>
/// <param name="connection">Over which its request is sent.</param>
/// <param name="patience">With the target.</param>
internal sealed class ForwardedBody(
    PatientReader reader, long? length, TargetConnection connection, ForwardPatience patience) : HttpContent
{
    /// <summary>The longest body, in bytes: what stands in for a long one takes time too.</summary>
    public const long LongestLength = 1L << 40;

    // A body that is there, and so small that every socket takes it at once, travels with the head.
    private const int SmallLength = 16 * 1024;

    // Nobody reads or writes it.
    private static readonly byte[] StandIn = GC.AllocateUninitializedArray<byte>(1 << 20);

    private readonly Lock _lock = new();
    private Task _beginning = Task.CompletedTask;
    private bool _isClosed;

    /// <summary>What the client did wrong, or why it cannot be read any more; null as long as it is not the client's fault.
    /// </summary>
    public Exception? ClientFailure { get; private set; }

    /// <summary>Whether the target has all of it.</summary>
    public bool IsSent { get; private set; }

    /// <summary>The sending, which may go on when the answer is there. Never faulted.</summary>
    public Task Sending { get; private set; } = Task.CompletedTask;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <summary>Completes when nothing of the client's body is touched any more, now or later. Never faulted.</summary>
    public async Task CloseAsync()
    {
        Task beginning;
        lock (_lock)
        {
            _isClosed = true;
            beginning = _beginning;
        }

        await beginning.ConfigureAwait(false);
        await Sending.ConfigureAwait(false);
    }

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            // The client library may come late with a body that was to wait for 100 Continue: the reader is another request's.
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _beginning = begun.Task;
        }

        try
        {
            if (await TrySendWholeAsync(stream, cancellationToken).ConfigureAwait(false))
            {
                IsSent = true;
                return;
            }

            // The head.
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            Sending = SendAsync(connection.TakeOverBody());
        }
        finally
        {
            begun.SetResult();
        }

        // The client library counts: what it is given here goes nowhere.
        for (var left = length ?? 0; left > 0; left -= StandIn.Length)
        {
            await stream.WriteAsync(StandIn.AsMemory(0, (int)Math.Min(left, StandIn.Length)), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }

    private async ValueTask<bool> TrySendWholeAsync(Stream stream, CancellationToken cancellationToken)
    {
        ReadResult read;
        try
        {
            if (!reader.TryRead(out read))
            {
                return false;
            }
        }
        catch (Exception failure) when (IsClients(failure))
        {
            ClientFailure = failure;
            throw;
        }

        if (!read.IsCompleted || read.Buffer.Length > SmallLength)
        {
            reader.AdvanceTo(read.Buffer.Start);
            return false;
        }

        try
        {
            foreach (var piece in read.Buffer)
            {
                await stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    private async Task SendAsync(Stream target)
    {
        // The client library goes on meanwhile.
        await Task.Yield();
        try
        {
            await CopyAsync(target).ConfigureAwait(false);
            IsSent = true;
        }
        catch (Exception failure) when (ForwardTrouble.IsExpected(failure))
        {
            if (ClientFailure is not null)
            {
                patience.Cancel();
            }

            // Else the target takes no more of it. Why, its answer may tell.
        }
        finally
        {
            connection.GiveBackBody();
        }
    }

    private async Task CopyAsync(Stream target)
    {
        while (true)
        {
            var read = await ReadAsync().ConfigureAwait(false);
            try
            {
                foreach (var piece in read.Buffer)
                {
                    await WriteAsync(target, piece).ConfigureAwait(false);
                    // A slow target is not a silent one.
                    patience.Renew();
                }
            }
            finally
            {
                // Also where it failed: the web server reads on.
                reader.AdvanceTo(read.Buffer.End);
            }

            if (read.IsCompleted)
            {
                if (length is null)
                {
                    await target.WriteAsync("0\r\n\r\n"u8.ToArray(), patience.Token).ConfigureAwait(false);
                }

                return;
            }
        }
    }

    private async ValueTask WriteAsync(Stream target, ReadOnlyMemory<byte> piece)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        if (length is not null)
        {
            await target.WriteAsync(piece, patience.Token).ConfigureAwait(false);
        }
        else
        {
            // In one piece: the target may act on each that comes.
            var size = string.Create(CultureInfo.InvariantCulture, $"{piece.Length:X}\r\n");
            var total = size.Length + piece.Length + 2;
            var chunk = ArrayPool<byte>.Shared.Rent(total);
            try
            {
                Encoding.ASCII.GetBytes(size, chunk);
                piece.Span.CopyTo(chunk.AsSpan(size.Length));
                "\r\n"u8.CopyTo(chunk.AsSpan(total - 2));
                await target.WriteAsync(chunk.AsMemory(0, total), patience.Token).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(chunk);
            }
        }
    }

    private async ValueTask<ReadResult> ReadAsync()
    {
        patience.Token.ThrowIfCancellationRequested();
        patience.AwaitBody(true);
        try
        {
            ReadResult read;
            // Whoever ends the request ends the wait, and has the reader back before the web server takes it again.
            using (patience.Token.UnsafeRegister(static reader => ((PatientReader)reader!).Cancel(), reader))
            {
                read = await reader.ReadAsync().ConfigureAwait(false);
            }

            // The client's bytes come on the thread that serves every socket.
            await Task.Yield();
            if (read.IsCanceled)
            {
                reader.AdvanceTo(read.Buffer.Start);
                patience.Token.ThrowIfCancellationRequested();
            }

            return read;
        }
        catch (Exception failure) when (IsClients(failure) && !patience.Token.IsCancellationRequested)
        {
            ClientFailure = failure;
            throw;
        }
        finally
        {
            patience.AwaitBody(false);
        }
    }

    // Too large, too slow, malformed, or a connection that is gone.
    private static bool IsClients(Exception failure) =>
        failure is IOException or OperationCanceledException or InvalidOperationException;
}
