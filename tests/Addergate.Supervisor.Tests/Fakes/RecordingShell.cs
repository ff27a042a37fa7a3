using Addergate.Posix.Processes;
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

    public List<AdmitMessage> Admissions { get; } = [];

    public Dictionary<Child, TimeSpan?> Timers { get; } = [];

    public Queue<Seat> WaitingSeats { get; } = new();

    public TimeSpan LastDelay { get; private set; }

    /// <summary>What the next spawn fails with.</summary>
    public string? SpawnFailure { get; set; }

    /// <summary>Whether workers are forked from a template: spawned without a pid, which <see cref="Forked"/> gives.
    /// </summary>
    public bool Forks { get; set; }

    /// <summary>What each child uses, by its number.</summary>
    public Dictionary<uint, ProcessUsage> Usage { get; } = [];

    public long Spare { get; set; } = long.MaxValue;

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

        child.ProcessId = Forks && child.Role == ChildRole.Worker ? 0 : ++_lastProcess;
        Spawned[child.Number] = child;
        Lines.Add($"spawn {Name(child)}");
        return null;
    }

    /// <summary>Gives a worker its pid, as FORKED does.</summary>
    public Child Forked(Child worker)
    {
        worker.ProcessId = ++_lastProcess;
        return worker;
    }

    public void Start(Child worker) => Lines.Add($"START → {Name(worker)}");

    public void Send(Child child, ControlMessage message)
    {
        Lines.Add(Describe(child, message));
        if (message is AdmitMessage admit)
        {
            Admissions.Add(admit);
        }
    }

    private static string Describe(Child child, ControlMessage message) => message switch
    {
        AdmitMessage admit => $"ADMIT {admit.Worker} of generation {admit.Generation} → {Name(child)}",
        InForceMessage inForce => $"INFORCE {inForce.Generation} → {Name(child)}",
        WorkerMessage worker => $"{worker.Kind.ToString().ToUpperInvariant()} {worker.Number} → {Name(child)}",
        TextMessage text => $"{text.Kind.ToString().ToUpperInvariant()} {text.Text} → {Name(child)}",
        RequestMessage request =>
            $"{request.Kind.ToString().ToUpperInvariant()} {request.Slot}/{request.Number} → {Name(child)}",
        _ => $"{message.Kind.ToString().ToUpperInvariant()} → {Name(child)}",
    };

    public void Kill(Child child) => Lines.Add($"kill {Name(child)}");

    public void DumpStacks(Child worker) => Lines.Add($"dump {Name(worker)}");

    public ProcessUsage? Measure(Child child) => Usage.TryGetValue(child.Number, out var usage) ? usage : null;

    public long SpareMemory() => Spare;

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

    public void ReloadEnded(string? failure) =>
        Lines.Add(failure is null ? "the reload ended well" : $"the reload failed: {failure}");

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
