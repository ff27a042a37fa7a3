using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Services;

/// <summary>What the services can have done. None of these calls back before it returns.</summary>
internal interface IServiceShell
{
    /// <summary>Starts the process.</summary>
    /// <returns>Null with <see cref="Service.ProcessId"/> set, or the reason why there is no process.</returns>
    string? Spawn(Service service);

    /// <summary>SIGTERM, which its Python turns into SystemExit.</summary>
    void Terminate(Service service);

    void Kill(Service service);

    /// <summary>Calls <see cref="ServiceSet.OnDue"/> later.</summary>
    void StartLater(Service service, TimeSpan delay);

    /// <summary>Calls <see cref="ServiceSet.OnOverdue"/> later, unless the process has ended before.</summary>
    void EndBy(Service service, TimeSpan delay);

    void Log(LogLevelCode level, string text);
}
