using System.Collections.Concurrent;

namespace Addergate.Supervisor.Shell;

/// <summary>
/// The one thread on which the fleet lives: everything that happens is posted to it. It is a thread of its own, alive
/// until the last child has ended, because it spawns them: a parent-death signal fires when the thread that spawned
/// ends, and pool threads do.
/// </summary>
internal sealed class SupervisorLoop
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Faulted when something posted threw: a bug.</summary>
    public Task Ended => _ended.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "supervisor" }.Start();

    /// <summary>From any thread. What is posted after <see cref="End"/> is left out.</summary>
    public void Post(Action work)
    {
        try
        {
            _work.Add(work);
        }
        catch (InvalidOperationException)
        {
            // Ended: timers and sockets may still have something to say, and nobody is left whom it concerns.
        }
    }

    /// <summary>Lets the thread end once it has done what was posted.</summary>
    public void End() => _work.CompleteAdding();

    private void Run()
    {
        try
        {
            foreach (var work in _work.GetConsumingEnumerable())
            {
                work();
            }

            _ended.SetResult();
        }
        catch (Exception error)
        {
            _ended.SetException(error);
        }
    }
}
