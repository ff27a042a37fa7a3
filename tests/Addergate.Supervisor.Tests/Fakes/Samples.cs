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

    public static WorkerSettings Workers { get; } = new()
    {
        Processes = 2,
        MaximumProcesses = 2,
        Threads = 5,
        Preload = false,
        MaximumRequests = 0,
        RecycleJitter = 10,
        CpuTimeLimit = TimeSpan.Zero,
        MemoryLimit = 0,
        DataLimit = 0,
        VirtualMemoryLimit = 0,
        StackSize = 0,
        CpuPriority = 0,
        ReloadOnScriptChange = false,
        IgnoreActivity = [],
    };

    /// <summary>Those that are off by default are off.</summary>
    public static TimeoutSettings Timeouts { get; } = new()
    {
        Queue = TimeSpan.FromSeconds(45),
        Request = TimeSpan.FromSeconds(60),
        Interrupt = TimeSpan.FromSeconds(5),
        Deadlock = TimeSpan.FromSeconds(60),
        Startup = TimeSpan.FromSeconds(15),
        Inactivity = TimeSpan.Zero,
        RestartInterval = TimeSpan.Zero,
        Graceful = TimeSpan.FromSeconds(10),
        Eviction = TimeSpan.FromSeconds(10),
        Shutdown = TimeSpan.FromSeconds(5.5),
        DrainDelay = TimeSpan.Zero,
    };

    public static ClientSettings Clients { get; } = new()
    {
        KeepAlive = TimeSpan.FromSeconds(75),
        HeaderTimeout = TimeSpan.FromSeconds(15),
        HeaderMaxTimeout = TimeSpan.FromSeconds(30),
        HeaderMinRate = 500,
        BodyTimeout = TimeSpan.FromSeconds(15),
        BodyMaxTimeout = TimeSpan.Zero,
        BodyMinRate = 500,
        Socket = TimeSpan.FromSeconds(60),
        ResponseSocket = TimeSpan.FromSeconds(60),
    };

    private static LimitSettings Limits { get; } = new()
    {
        RequestBody = 1,
        RequestBuffering = true,
        RequestBodyInMemory = 1,
        ResponseBuffer = 1,
        TotalMemory = 1,
        TotalSpool = 1,
    };

    public static HostedApplication Application { get; } = new()
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
        Workers = Workers,
        Queue = new QueueSettings { Policy = QueuePolicy.Fifo },
        Timeouts = Timeouts,
        Limits = Limits,
        Identity = new IdentitySettings(),
    };

    public static ServerSettings Settings { get; } = new()
    {
        Applications = [Application],
        Listen = Listen,
        Timeouts = Timeouts,
        Clients = Clients,
        Limits = Limits,
        Logs = new LogSettings
        {
            Level = LogLevelName.Warn,
            AccessLogEnabled = false,
            AccessLogFormat = "common",
        },
        Identity = new IdentitySettings(),
        Services = [],
        Static = new StaticSettings(),
        ServerRoot = "/tmp/nowhere",
    };

    public static SupervisorPlan Plan { get; } = new()
    {
        Settings = Settings,
        Executable = "/opt/addergate/addergate",
        InvokedAs = "addergate",
        Arguments = ["start-server"],
        Applications = [new ApplicationPlan("/usr/bin/python3", new Dictionary<string, string?>())],
        BootstrapScript = "/opt/addergate/python/addergate/bootstrap.py",
        Environment = new Dictionary<string, string>(),
        ServerSoftware = "Addergate/0.1.0",
    };
}
