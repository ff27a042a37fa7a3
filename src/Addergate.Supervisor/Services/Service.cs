using Addergate.Settings.Model;
using Addergate.Supervisor.Fleets;

namespace Addergate.Supervisor.Services;

/// <summary>A service script, however often its process is replaced. Only the supervisor's loop touches it.</summary>
/// <param name="settings">What it is.</param>
internal sealed class Service(ServiceSettings settings)
{
    public ServiceSettings Settings { get; } = settings;

    public Backoff Backoff { get; } = new();

    public ServiceState State { get; set; }

    /// <summary>0 when there is none.</summary>
    public int ProcessId { get; set; }

    /// <summary>When its process was started, in the clock's ticks.</summary>
    public long StartedAt { get; set; }

    public override string ToString() =>
        $"service {Settings.Name}" + (ProcessId == 0 ? "" : $" (pid {ProcessId})");
}
