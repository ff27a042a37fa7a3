using Addergate.Supervisor.Fleets;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Tests.Fakes;

/// <summary>Writes down what the fleet wants done, one line each, and does nothing.</summary>
internal sealed class RecordingShell : IFleetShell
{
    private int _lastProcess = 100;

    public List<string> Lines { get; } = [];

    /// <summary>Every child ever spawned, by its number.</summary>
    public Dictionary<uint, Child> Spawned { get; } = [];

    public Dictionary<Child, TimeSpan?> Timers { get; } = [];

    public Queue<Seat> WaitingSeats { get; } = new();

    public TimeSpan LastDelay { get; private set; }

    /// <summary>What the next spawn fails with.</summary>
    public string? SpawnFailure { get; set; }

    public bool HasEnded { get; private set; }

    /// <summary>The lines since the last call.</summary>
    public string[] Take()
    {
        var lines = Lines.ToArray();
        Lines.Clear();
        return lines;
    }

    public string? Spawn(Child child)
    {
        if (SpawnFailure is not null)
        {
            Lines.Add($"cannot spawn {Name(child)}");
            return SpawnFailure;
        }

        child.ProcessId = ++_lastProcess;
        Spawned[child.Number] = child;
        Lines.Add($"spawn {Name(child)}");
        return null;
    }

    public void Start(Child worker) => Lines.Add($"START → {Name(worker)}");

    public void Send(Child child, ControlMessage message) => Lines.Add(message switch
    {
        AdmitMessage admit => $"ADMIT {admit.Worker} of generation {admit.Generation} → {Name(child)}",
        WorkerMessage worker => $"{worker.Kind.ToString().ToUpperInvariant()} {worker.Number} → {Name(child)}",
        _ => $"{message.Kind.ToString().ToUpperInvariant()} → {Name(child)}",
    });

    public void Kill(Child child) => Lines.Add($"kill {Name(child)}");

    public void SetTimer(Child child, TimeSpan? due) => Timers[child] = due;

    public void FillLater(Seat seat, TimeSpan delay)
    {
        WaitingSeats.Enqueue(seat);
        LastDelay = delay;
        Lines.Add("fill a seat later");
    }

    public void FrontEndLater(TimeSpan delay)
    {
        LastDelay = delay;
        Lines.Add("front end later");
    }

    public void Started() => Lines.Add("started");

    public void ClosePorts() => Lines.Add("close ports");

    public void Log(LogLevelCode level, string text)
    {
        if (level >= LogLevelCode.Warning)
        {
            Lines.Add($"{level}: {text}");
        }
    }

    public void Notice(string text) => Lines.Add($"notice: {text}");

    public void End(string? failure)
    {
        Assert.False(HasEnded, "the fleet ended twice");
        HasEnded = true;
        Lines.Add(failure is null ? "end" : $"end: {failure}");
    }

    private static string Name(Child child) => child.Role == ChildRole.FrontEnd ? $"F{child.Number}" : $"W{child.Number}";
}
