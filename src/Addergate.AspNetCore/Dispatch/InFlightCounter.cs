namespace Addergate.AspNetCore.Dispatch;

/// <summary>Counts requests between their arrival and the end of their response. Thread-safe.</summary>
internal sealed class InFlightCounter
{
    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _idle;

    public int Count => Volatile.Read(ref _count);

    public void Enter() => Interlocked.Increment(ref _count);

    public void Leave()
    {
        if (Interlocked.Decrement(ref _count) > 0 || Volatile.Read(ref _idle) is null)
        {
            return;
        }

        lock (_lock)
        {
            _idle?.TrySetResult();
            _idle = null;
        }
    }

    /// <summary>Completes as soon as the count is zero.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var idle = _idle.Task;
            // Looked at after the waiter can be seen, so that the last request cannot leave in between.
            if (Interlocked.CompareExchange(ref _count, 0, 0) == 0)
            {
                _idle.TrySetResult();
                _idle = null;
            }

            return idle;
        }
    }
}
