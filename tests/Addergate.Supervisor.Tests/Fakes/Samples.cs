using Addergate.Settings.Model;

namespace Addergate.Supervisor.Tests.Fakes;

/// <summary>Settings that are whole, for tests that change what they are about.</summary>
internal static class Samples
{
    public static ListenSettings Listen { get; } = new()
    {
        Host = "127.0.0.1",
        HostReason = "a test",
        Port = 0,
        PlainHttp2 = false,
        Backlog = 16,
    };

    public static ServerSettings Settings { get; } = new()
    {
        Application = new ApplicationSettings
        {
            Type = ApplicationType.Module,
            Entry = "shop.wsgi",
            Callable = "create_app()",
            WorkingDirectory = "/srv/shop",
            PythonPath = ["/srv/lib", "/srv/ümlaut"],
        },
        Python = new PythonSettings { Executable = "/usr/bin/python3", Source = "a test" },
        Listen = Listen,
        Workers = new WorkerSettings { Processes = 2, Threads = 5 },
        Timeouts = new TimeoutSettings
        {
            Startup = TimeSpan.FromSeconds(15),
            Shutdown = TimeSpan.FromSeconds(5.5),
            Graceful = TimeSpan.FromSeconds(10),
            KeepAlive = TimeSpan.FromSeconds(75),
        },
        Limits = new LimitSettings
        {
            RequestBody = 1,
            RequestBuffering = true,
            RequestBodyInMemory = 1,
            ResponseBuffer = 1,
            TotalMemory = 1,
            TotalSpool = 1,
        },
        Logs = new LogSettings
        {
            Level = LogLevelName.Warn,
            AccessLogEnabled = false,
            AccessLogFormat = AccessLogFormat.Common,
        },
        Identity = new IdentitySettings(),
        ServerRoot = "/tmp/nowhere",
    };

    public static SupervisorPlan Plan { get; } = new()
    {
        Settings = Settings,
        Executable = "/opt/addergate/addergate",
        PythonExecutable = "/usr/bin/python3",
        BootstrapScript = "/opt/addergate/python/addergate/bootstrap.py",
        Environment = new Dictionary<string, string>(),
        ServerSoftware = "Addergate/0.1.0",
    };
}
