using System.IO.Pipelines;
using System.Net;
using Addergate.AspNetCore.Bodies;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>A request's body on its way to the target: each piece is sent when it comes. It is read once, so a request with a
/// body can be sent once.</summary>
internal sealed class ForwardedBody(PatientReader reader, long? length, ForwardPatience patience) : HttpContent
{
    /// <summary>What the client did wrong, or why it cannot be read any more; null as long as it is not the client's fault.
    /// </summary>
    public Exception? ClientFailure { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!TryRead(out var read))
            {
                // The head, or the last piece: what follows may take its time.
                await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
                read = await ReadAsync(cancellationToken).ConfigureAwait(false);
            }

            foreach (var piece in read.Buffer)
            {
                if (!piece.IsEmpty)
                {
                    await stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
                }
            }

            reader.AdvanceTo(read.Buffer.End);
            patience.Renew();
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }

    private bool TryRead(out ReadResult read)
    {
        try
        {
            return reader.TryRead(out read);
        }
        catch (Exception failure) when (IsClients(failure))
        {
            ClientFailure = failure;
            throw;
        }
    }

    private async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        patience.AwaitBody(true);
        try
        {
            var read = await reader.ReadAsync().ConfigureAwait(false);
            // The client's bytes come on the thread that serves every socket.
            await Task.Yield();
            return read;
        }
        catch (Exception failure) when (IsClients(failure))
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
