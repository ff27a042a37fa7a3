using Addergate.AspNetCore.AccessLog;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>Copies the body of an answer to the client, each piece as it comes and no faster than the client takes it. One that
/// is waited for holds no buffer.</summary>
internal static class AnswerCopy
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Copies all of it, where the answer to such a request has a body.</summary>
    public static async ValueTask RunAsync(HttpResponseMessage answer, HttpContext context, ForwardPatience patience)
    {
        var response = context.Response;
        var record = context.Features.Get<AccessRecord>();
        record?.BodyBytes = 0;
        if (HttpMethods.IsHead(context.Request.Method)
            || response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified
            || answer.Content.Headers.ContentLength == 0)
        {
            return;
        }

        var stream = await answer.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        await using var closed = stream.ConfigureAwait(false);
        while (true)
        {
            var more = stream.ReadAsync(Memory<byte>.Empty, patience.Token);
            if (!more.IsCompleted && !response.HasStarted)
            {
                // The head alone: what follows may take its time.
                await FlushAsync(response, patience).ConfigureAwait(false);
            }

            await more.ConfigureAwait(false);
            var writer = response.BodyWriter;
            var count = await stream.ReadAsync(writer.GetMemory(BufferSize)[..BufferSize], patience.Token)
                .ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            writer.Advance(count);
            record?.BodyBytes += count;
            await FlushAsync(response, patience).ConfigureAwait(false);
        }
    }

    private static async ValueTask FlushAsync(HttpResponse response, ForwardPatience patience)
    {
        patience.AwaitTaking(true);
        var flush = await response.BodyWriter.FlushAsync().ConfigureAwait(false);
        patience.AwaitTaking(false);
        if (flush.IsCompleted || flush.IsCanceled)
        {
            throw new OperationCanceledException("The client has gone.");
        }
    }
}
