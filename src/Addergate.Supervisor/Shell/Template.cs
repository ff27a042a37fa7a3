using System.Net.Sockets;
using Addergate.Posix.Processes;
using Addergate.Posix.Sockets;
using Addergate.Supervisor.Fleets;

namespace Addergate.Supervisor.Shell;

/// <summary>The process that has loaded a generation's application and forks its workers (--preload). On the supervisor's
/// loop.</summary>
/// <param name="generation">Whose.</param>
/// <param name="processId">Its pid.</param>
/// <param name="control">Its control socket.</param>
/// <param name="forks">Where it takes the descriptors of the workers to be.</param>
internal sealed class Template(Generation generation, int processId, ControlChannel control, SafeSocketHandle forks) : IDisposable
{
    private readonly List<PendingFork> _pending = [];

    public Generation Generation => generation;

    public int ProcessId => processId;

    public ControlChannel Control => control;

    /// <summary>Whether the application is loaded.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Whether it is being ended, so that its end is no surprise.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>Whether its process has ended: from then on its pid may be another's.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Workers that have not said who they are.</summary>
    public IReadOnlyList<PendingFork> Pending => _pending;

    /// <summary>Forks a worker, now or when the application is loaded.</summary>
    public void Fork(PendingFork pending)
    {
        _pending.Add(pending);
        if (IsReady)
        {
            Request(pending);
        }
    }

    public void OnReady()
    {
        IsReady = true;
        _pending.ForEach(Request);
    }

    /// <summary>Takes out the worker that has said who it is.</summary>
    public PendingFork? Take(Child worker)
    {
        var pending = _pending.Find(pending => pending.Worker == worker);
        _pending.RemoveAll(other => other == pending);
        return pending;
    }

    /// <summary>It is not needed any more: it holds nothing that could be lost.</summary>
    public void Drop()
    {
        if (!HasEnded)
        {
            IsDropped = true;
            SignalSender.ToProcess(processId, Signal.Kill);
        }
    }

    public override string ToString() => $"the template of generation {generation.Number} (pid {processId})";

    public void Dispose()
    {
        control.Dispose();
        forks.Dispose();
    }

    /// <summary>One that cannot even be asked is ended: its end is told to everybody who waits.</summary>
    private void Request(PendingFork pending)
    {
        if (DescriptorSend.TrySend(forks, (byte)'f', pending.Streams.Theirs) != 0)
        {
            Drop();
        }

        pending.Streams.CloseTheirs();
    }
}
