using Addergate.Posix.Processes;
using Addergate.Settings.Model;
using Addergate.Supervisor.Fleets;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Services;

/// <summary>
/// Keeps the service scripts (<c>--service-script</c>) running. Without I/O, as <see cref="Fleet"/>: events come in on
/// one thread, what is to be done goes out through <see cref="IServiceShell"/>.
/// <para>They are of the application, so they begin when it is known to load, are started anew when a reload is in force,
/// and end after the workers: a request that is finished while the server stops may still need them.</para>
/// </summary>
/// <param name="settings">The scripts.</param>
/// <param name="patience">What one that was told to end may take.</param>
/// <param name="shell">Carries it out.</param>
/// <param name="time">The clock.</param>
/// <param name="random">For back-offs.</param>
internal sealed class ServiceSet(
    IReadOnlyList<ServiceSettings> settings, TimeSpan patience, IServiceShell shell, TimeProvider time, Random random)
{
    private readonly Service[] _services = [.. settings.Select(static script => new Service(script))];
    private bool _isStopping;

    public IReadOnlyList<Service> All => _services;

    /// <summary>Told to stop, and nothing is left.</summary>
    public bool HasEnded => Array.TrueForAll(_services, static service => service.State == ServiceState.Ended);

    /// <summary>Starts every script.</summary>
    public void Begin()
    {
        foreach (var service in _services)
        {
            OnDue(service);
        }
    }

    /// <summary>The application's files are newer: each script ends and is started anew, and what failed may do better.
    /// </summary>
    public void Renew()
    {
        foreach (var service in _services)
        {
            End(service);
            OnDue(service);
        }
    }

    /// <summary>Ends every script for good.</summary>
    public void Stop()
    {
        _isStopping = true;
        foreach (var service in _services)
        {
            End(service);
            if (service.State == ServiceState.Waiting)
            {
                service.State = ServiceState.Ended;
            }
        }
    }

    /// <summary>Ends every script at once.</summary>
    public void Kill()
    {
        Stop();
        foreach (var service in _services)
        {
            if (service.State == ServiceState.Ending)
            {
                shell.Kill(service);
            }
        }
    }

    /// <summary>The time that <see cref="IServiceShell.StartLater"/> was given is over.</summary>
    public void OnDue(Service service)
    {
        if (service.State != ServiceState.Waiting)
        {
            return;
        }

        if (shell.Spawn(service) is { } reason)
        {
            StartLater(service, service.Backoff.AfterFailedStart(random.NextDouble()), $"{service} has no process: {reason}");
            return;
        }

        service.State = ServiceState.Running;
        service.StartedAt = time.GetTimestamp();
        shell.Log(LogLevelCode.Info, $"{service} runs {service.Settings.Path}");
    }

    /// <summary>The time that <see cref="IServiceShell.EndBy"/> was given is over.</summary>
    public void OnOverdue(Service service)
    {
        if (service.State == ServiceState.Ending)
        {
            shell.Log(LogLevelCode.Warning, $"{service} did not end within {patience.TotalSeconds:0.#} s and is killed");
            shell.Kill(service);
        }
    }

    /// <param name="service">Whose process has ended.</param>
    /// <param name="status">How.</param>
    /// <param name="background">What else is known, said behind the status.</param>
    public void OnEnded(Service service, ExitStatus status, string background = "")
    {
        var wasAsked = service.State == ServiceState.Ending;
        var name = $"{service}";
        service.ProcessId = 0;
        service.State = _isStopping ? ServiceState.Ended : ServiceState.Waiting;
        if (wasAsked)
        {
            shell.Log(LogLevelCode.Info, $"{name} {status} as it was told to");
            OnDue(service);
        }
        else if (!_isStopping)
        {
            var ran = time.GetElapsedTime(service.StartedAt);
            StartLater(service, service.Backoff.AfterServing(ran, random.NextDouble()), $"{name} {status}{background}");
        }
    }

    private void End(Service service)
    {
        if (service.State == ServiceState.Running)
        {
            service.State = ServiceState.Ending;
            shell.Terminate(service);
            shell.EndBy(service, patience);
        }
    }

    private void StartLater(Service service, TimeSpan delay, string reason)
    {
        var separator = reason.Contains('\n') ? "\n" : "; ";
        shell.Log(
            LogLevelCode.Error,
            reason + separator + (delay > TimeSpan.Zero ? $"it starts again in {delay.TotalSeconds:0.0} s" : "it starts again now"));
        shell.StartLater(service, delay);
    }
}
