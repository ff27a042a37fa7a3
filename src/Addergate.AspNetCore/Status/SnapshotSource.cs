using Addergate.AspNetCore.Dispatch;
using Addergate.Wire.Control;

namespace Addergate.AspNetCore.Status;

/// <summary>Asks the supervisor how the server is. Who asks while an answer is on the way gets the same one. Thread-safe.
/// </summary>
internal sealed class SnapshotSource(SupervisorLink supervisor, TimeProvider time)
{
    /// <summary>The supervisor answers in milliseconds, or something is wrong with it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private TaskCompletionSource<string>? _asked;

    /// <summary>A snapshot as JSON; null when none comes in time.</summary>
    public async Task<string?> AskAsync()
    {
        Task<string> answer;
        var asks = false;
        lock (_gate)
        {
            if (_asked is null)
            {
                _asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                asks = true;
            }

            answer = _asked.Task;
        }

        if (asks)
        {
            supervisor.Tell(new SignalMessage(ControlKind.AskStatus));
        }

        try
        {
            return await answer.WaitAsync(Patience, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Forget(answer);
            return null;
        }
    }

    /// <summary>STATUS has come.</summary>
    public void Take(string snapshot)
    {
        TaskCompletionSource<string>? asked;
        lock (_gate)
        {
            asked = _asked;
            _asked = null;
        }

        asked?.TrySetResult(snapshot);
    }

    /// <summary>The next one asks again.</summary>
    private void Forget(Task<string> answer)
    {
        lock (_gate)
        {
            if (_asked?.Task == answer)
            {
                _asked = null;
            }
        }
    }
}
