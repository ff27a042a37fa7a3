namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// Ends a request whose target is silent for too long. The time in which the client is waited for does not count: others
/// limit that. Thread-safe.
/// </summary>
internal sealed class ForwardPatience : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _limit;
    private readonly CancellationToken _clientGone;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _either;
    private bool _hasAnswer;
    private bool _awaitsBody;
    private bool _awaitsTaking;
    private bool _isOver;

    /// <param name="limit">Zero for ever.</param>
    /// <param name="clientGone">The client's end, which ends the request too.</param>
    /// <param name="time">The clock.</param>
    public ForwardPatience(TimeSpan limit, CancellationToken clientGone, TimeProvider time)
    {
        _limit = limit > TimeSpan.Zero ? limit : Timeout.InfiniteTimeSpan;
        _clientGone = clientGone;
        _silence = new CancellationTokenSource(_limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(clientGone, _silence.Token);
    }

    /// <summary>For all that waits for the target.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether the target was silent for too long.</summary>
    public bool IsOver => _silence.IsCancellationRequested && !_clientGone.IsCancellationRequested;

    /// <summary>Something came, or was taken.</summary>
    public void Renew() => Change(static _ => { });

    /// <summary>The client is waited for, to send more of its body. As long as there is no answer nothing else can happen;
    /// afterwards the target is waited for all the same.</summary>
    public void AwaitBody(bool isWaiting) => Change(self => self._awaitsBody = isWaiting);

    /// <summary>The client is waited for, to take what there is for it.</summary>
    public void AwaitTaking(bool isWaiting) => Change(self => self._awaitsTaking = isWaiting);

    /// <summary>The target has begun to answer.</summary>
    public void Answered() => Change(static self => self._hasAnswer = true);

    /// <summary>Ends what still runs for the request.</summary>
    public void Cancel() => _either.Cancel();

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        _either.Dispose();
        _silence.Dispose();
    }

    private void Change(Action<ForwardPatience> change)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            change(this);
            var isClientsTurn = _awaitsTaking || (_awaitsBody && !_hasAnswer);
            _silence.CancelAfter(isClientsTurn ? Timeout.InfiniteTimeSpan : _limit);
        }
    }
}
