using Addergate.Settings.Model;

namespace Addergate.Supervisor.Fleets;

/// <summary>
/// How many workers there should be. More when requests have waited for a slot for longer than a moment, fewer when the
/// rest could have done the work of the last half minute with half their slots. Steps are a quarter of the pool, and the
/// next one upwards waits until the last one's workers serve, so that their effect is seen first.
/// </summary>
/// <param name="workers">The sizes that were asked for.</param>
internal sealed class PoolSize(WorkerSettings workers)
{
    /// <summary>Waiting for so long is not a matter of chance any more, and is no harm yet.</summary>
    public static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(200);

    /// <summary>A quiet time must last for so long: a worker costs more to start than to keep.</summary>
    public static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(30);

    private TimeSpan _quiet;

    /// <summary>The pool does not shrink below this by itself.</summary>
    public int Least { get; private set; } = workers.Processes;

    /// <summary>Nor grow beyond this.</summary>
    public int Most { get; private set; } = workers.MaximumProcesses;

    /// <summary>One more than so far, from now on.</summary>
    public void Raise() => Most = Math.Max(Most, ++Least);

    /// <summary>One fewer from now on, but never none.</summary>
    public void Lower() => Least = Math.Max(1, Least - 1);

    /// <summary>The size to go to; the size that the pool has when there is nothing to do.</summary>
    /// <param name="size">The workers that there are.</param>
    /// <param name="starting">How many of them do not serve yet.</param>
    /// <param name="oldestWait">How long the first of the queue has waited.</param>
    /// <param name="running">Requests that run.</param>
    /// <param name="passed">Since the last question.</param>
    public int Next(int size, int starting, TimeSpan oldestWait, int running, TimeSpan passed)
    {
        if (size < Least)
        {
            return Least;
        }

        var step = Math.Max(1, size / 4);
        if (oldestWait >= LongWait)
        {
            _quiet = TimeSpan.Zero;
            return starting == 0 ? Math.Min(size + step, Math.Max(size, Most)) : size;
        }

        var smaller = Math.Max(Least, size - step);
        if (size == smaller || running * 2 > smaller * workers.Threads)
        {
            _quiet = TimeSpan.Zero;
            return size;
        }

        _quiet += passed;
        if (_quiet < QuietTime)
        {
            return size;
        }

        _quiet = TimeSpan.Zero;
        return smaller;
    }
}
