using Addergate.Posix.Memory;
using Addergate.Posix.Processes;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Sources;

namespace Addergate.Supervisor.Shell;

/// <summary>What is looked at once a second, and the means to look into a worker.</summary>
internal sealed partial class Server
{
    // For the dump of a worker's stacks: how often it is looked for, and how long at most.
    private static readonly TimeSpan DumpStep = TimeSpan.FromMilliseconds(50);
    private const int DumpSteps = 20;

    private readonly ApplicationSources[] _sources;
    private readonly SourceWatch _configuration = new();
    private bool _configurationChanged;
    private ITimer? _tick;

    private void Watch()
    {
        if (_parts.Plan.ConfigurationFile is { } file)
        {
            _configuration.Add([file]);
        }

        _tick = _parts.Time.CreateTimer(_ => _loop.Post(OnTick), null, Fleet.TickInterval, Fleet.TickInterval);
    }

    private void OnTick()
    {
        _oomKills.Refresh();
        LookAtSources();

        _fleet.OnTick();
        NotifyStatus();
        DropTemplates();
    }

    private void LookAtSources()
    {
        for (var index = 0; index < _sources.Length; index++)
        {
            var pool = _fleet.Pools[index];
            var (mayLoad, isChanged) = _sources[index].Look(pool.ReloadFailure is not null);
            if (mayLoad)
            {
                _fleet.OnSourceChanged(pool);
            }

            if (isChanged)
            {
                NotifyReloading();
                _fleet.OnReload(pool, RecycleReason.ScriptReload);
            }
        }
    }

    private ApplicationSources? SourcesOf(Child child) => child.Pool is { } pool ? _sources[pool.Index] : null;

    /// <summary>Somebody who edits settings and reloads may think that they are in force.</summary>
    private void TellOfOldConfiguration()
    {
        _configurationChanged |= _configuration.Look() != SourceChange.None;
        if (_configurationChanged)
        {
            _parts.Logs.Notice(
                $"{_parts.Plan.ConfigurationFile} has changed since the start; a reload does not read it, addergate upgrade does");
        }
    }

    void IFleetShell.DumpStacks(Child worker) => _ = DumpStacksAsync(worker);

    ProcessUsage? IFleetShell.Measure(Child child) => ProcessUsage.Of(child.ProcessId);

    long IFleetShell.SpareMemory() => Math.Min(MachineMemory.Spare, MemoryGroup.Current.Spare);

    /// <summary>The worker has told Python's faulthandler to write the stacks at this signal, in C and without the GIL. They
    /// are complete when lines have come and no more do.</summary>
    private async Task DumpStacksAsync(Child worker)
    {
        if (_handles.TryGetValue(worker, out var handle) && _processes.ContainsKey(worker.ProcessId))
        {
            var (before, count) = (handle.Lines.Count, 0);
            SignalSender.ToProcess(worker.ProcessId, Signal.DumpStacks);
            for (var step = 0; step < DumpSteps && (count == 0 || handle.Lines.Count - before > count); step++)
            {
                count = handle.Lines.Count - before;
                await Task.Delay(DumpStep, _parts.Time).ConfigureAwait(false);
            }
        }

        _loop.Post(() => _fleet.OnStacksDumped(worker));
    }
}
