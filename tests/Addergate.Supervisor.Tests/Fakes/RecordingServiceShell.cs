using Addergate.Supervisor.Services;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Tests.Fakes;

/// <summary>Writes down what the services want done, one line each, and does nothing.</summary>
internal sealed class RecordingServiceShell : IServiceShell
{
    private readonly List<string> _lines = [];
    private int _lastProcess = 100;

    /// <summary>What the next spawn fails with.</summary>
    public string? SpawnFailure { get; set; }

    public TimeSpan LastDelay { get; private set; }

    /// <summary>What was said at warning level and above.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>The lines since the last call.</summary>
    public string[] Take()
    {
        string[] lines = [.. _lines];
        _lines.Clear();
        return lines;
    }

    public string? Spawn(Service service)
    {
        if (SpawnFailure is null)
        {
            service.ProcessId = ++_lastProcess;
        }

        _lines.Add($"{(SpawnFailure is null ? "spawn" : "cannot spawn")} {service.Settings.Name}");
        return SpawnFailure;
    }

    public void Terminate(Service service) => _lines.Add($"TERM {service.Settings.Name}");

    public void Kill(Service service) => _lines.Add($"KILL {service.Settings.Name}");

    public void StartLater(Service service, TimeSpan delay)
    {
        LastDelay = delay;
        _lines.Add($"later {service.Settings.Name}");
    }

    public void EndBy(Service service, TimeSpan delay) =>
        _lines.Add($"end {service.Settings.Name} by {delay.TotalSeconds} s");

    public void Log(LogLevelCode level, string text)
    {
        if (level >= LogLevelCode.Warning)
        {
            Complaints.Add(text);
        }
    }
}
