namespace Addergate.Supervisor.Logs;

/// <summary>Ends the startup log when the server is ready.</summary>
internal sealed class StartupEvents(ISupervisorEvents others, ServerLogs logs) : ISupervisorEvents
{
    public void Started(StartedServer server)
    {
        others.Started(server);
        logs.EndStartup($"ready: {string.Join(", ", server.Urls.Select(static served => served.Url))}");
    }

    public void Failed(string reason) => others.Failed(reason);
}
