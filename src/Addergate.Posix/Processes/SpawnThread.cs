using System.Collections.Concurrent;

namespace Addergate.Posix.Processes;

/// <summary>
/// The one thread that spawns, alive as long as the process: a parent-death signal fires when the thread that spawned
/// ends, and pool threads do. It reaps too, so that no child can be reported before its spawner knows its pid.
/// </summary>
public sealed class SpawnThread
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Action<int, ExitStatus> _ended;

    /// <param name="ended">Called on this thread for every child that ended, adopted ones included. The child is still
    /// a zombie, so that its pid and process group are nobody else's while it runs.</param>
    public SpawnThread(Action<int, ExitStatus> ended)
    {
        _ended = ended;
        new Thread(Run) { IsBackground = true, Name = "spawn" }.Start();
    }

    /// <summary>Spawns; the task continues on the pool.</summary>
    public Task<SpawnResult> SpawnAsync(SpawnRequest request)
    {
        var result = new TaskCompletionSource<SpawnResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() => result.SetResult(ChildProcess.Spawn(request)));
        return result.Task;
    }

    /// <summary>Looks for children that have ended: call it on SIGCHLD, from any thread.</summary>
    public void Reap() => _work.Add(ReapAll);

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }

    private void ReapAll()
    {
        while (Reaper.TryFindEnded(out var processId, out var status))
        {
            _ended(processId, status);
            Reaper.Release(processId);
        }
    }
}
