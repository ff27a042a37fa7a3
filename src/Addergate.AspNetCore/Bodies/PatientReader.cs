using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Bodies;

/// <summary>
/// Reads a request's body with limited patience. Only the time in which the server waits for the client counts: not that
/// in which an application does not ask. One reader at a time.
/// </summary>
internal sealed class PatientReader(PipeReader reader, BodyPatience patience, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private TimeSpan _waited;
    private bool _isWaiting;
    private bool _isLate;

    /// <summary>The next bytes.</summary>
    /// <exception cref="BadHttpRequestException">With 408: the client took too long. Others are the web
    /// server's.</exception>
    public ValueTask<ReadResult> ReadAsync()
    {
        var read = reader.ReadAsync();
        return read.IsCompleted || !patience.IsLimited ? read : WaitAsync(read);
    }

    /// <summary>Bytes that are there already.</summary>
    public bool TryRead(out ReadResult result) => reader.TryRead(out result);

    public void AdvanceTo(SequencePosition consumed) => reader.AdvanceTo(consumed);

    /// <summary>Ends the wait for bytes: what is read says that it was cancelled. From any thread; does not throw.</summary>
    public void Cancel()
    {
        try
        {
            reader.CancelPendingRead();
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The web server says so of a request that was reset or has ended meanwhile. Then nobody waits any more; and above
            // a timer there is nobody to take an exception but the end of the process.
        }
    }

    public void Dispose() => _timer?.Dispose();

    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read)
    {
        var start = time.GetTimestamp();
        Begin();
        ReadResult result;
        try
        {
            result = await read.ConfigureAwait(false);
        }
        finally
        {
            End();
        }

        _waited += time.GetElapsedTime(start);
        if (!_isLate)
        {
            return result;
        }

        // Also when bytes came at the same moment: the reader is cancelled already. The web server takes over from here.
        reader.AdvanceTo(result.Buffer.Start);
        throw new BadHttpRequestException("The request body took too long.", StatusCodes.Status408RequestTimeout);
    }

    private void Begin()
    {
        lock (_lock)
        {
            _isWaiting = true;
        }

        _timer ??= time.CreateTimer(
            static state => ((PatientReader)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(patience.Next(_waited), Timeout.InfiniteTimeSpan);
    }

    private void End()
    {
        lock (_lock)
        {
            _isWaiting = false;
        }

        _timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (!_isWaiting)
            {
                return;
            }

            _isLate = true;
        }

        Cancel();
    }
}
