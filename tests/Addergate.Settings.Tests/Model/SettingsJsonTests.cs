using System.Collections;
using System.Text.Json;
using Addergate.Settings.Model;

namespace Addergate.Settings.Tests.Model;

public sealed class SettingsJsonTests
{
    private static readonly TimeoutSettings Times = new TimeoutSettings
    {
        Queue = TimeSpan.FromSeconds(5),
        Request = TimeSpan.FromSeconds(6),
        SlowRequest = TimeSpan.FromSeconds(12),
        Interrupt = TimeSpan.FromSeconds(7),
        Deadlock = TimeSpan.FromSeconds(8),
        Startup = TimeSpan.FromMilliseconds(1),
        Inactivity = TimeSpan.FromDays(1),
        RestartInterval = TimeSpan.FromDays(2),
        Graceful = TimeSpan.FromMinutes(3),
        Eviction = TimeSpan.FromMinutes(4),
        Shutdown = TimeSpan.FromSeconds(2),
        DrainDelay = TimeSpan.FromSeconds(9),
    };

    private static readonly LimitSettings Limits = new LimitSettings
    {
        RequestBody = long.MaxValue,
        RequestBuffering = true,
        RequestBodyInMemory = 11,
        ResponseBuffer = 12,
        TotalMemory = 13L << 40,
        TotalSpool = 14L << 40,
    };

    private static readonly HostedApplication Shop = new()
    {
        Name = "shop",
        Hosts = ["shop.example.com", "*.example.net"],
        Application = new ApplicationSettings
        {
            Type = ApplicationType.Module,
            Entry = "mysite.wsgi",
            Callable = "create_app()",
            WorkingDirectory = "/srv/\u00fc \"quoted\"",
            PythonPath = ["/srv/a", "/srv/b"],
            MountPoint = "/shop",
            ProcessGroup = "shop",
            Variables = new Dictionary<string, string> { ["shop.till"] = "3" },
            Handlers = [new FileHandler(".md", "/srv/markup.py")],
            DispatchScript = "/srv/choose.py",
            EnvironmentScript = new EnvironmentScript("/srv/envvars", "/bin/dash"),
            Access = new AccessScripts("/srv/host.py", "/srv/user.py", "/srv/group.py"),
            MapHeadToGet = true,
            Root = "/srv/jail",
            ScriptUser = 44,
            ScriptGroup = 45,
        },
        Python = new PythonSettings
        {
            Executable = "/usr/bin/python3",
            Source = "--python",
            Warnings = ["error", "ignore::UserWarning"],
            EggCache = "/srv/eggs",
            SwitchInterval = TimeSpan.FromMilliseconds(3),
            FreeThreading = true,
            Locale = "de_DE.UTF-8",
            Language = "fr_FR.UTF-8",
            OrphanInterpreter = true,
        },
        Workers = new WorkerSettings
        {
            Processes = 3,
            MaximumProcesses = 8,
            Threads = 9,
            Preload = true,
            MaximumRequests = 1000,
            RecycleJitter = 5,
            CpuTimeLimit = TimeSpan.FromHours(6),
            MemoryLimit = 1L << 33,
            DataLimit = 1L << 34,
            VirtualMemoryLimit = 1L << 35,
            StackSize = 1 << 20,
            CpuPriority = -3,
            FileMask = 23,
            ReloadOnScriptChange = true,
            ReloadOnChanges = true,
            IgnoreActivity = ["/healthz", "/ping"],
        },
        Queue = new QueueSettings { Limit = 77, Policy = QueuePolicy.Adaptive },
        Timeouts = Times,
        Limits = Limits,
        Identity = new IdentitySettings
        {
            UserId = 36,
            GroupId = 37,
            UserName = "shop",
            GroupName = "shops",
            SupplementaryGroups = [5],
        },
    };

    /// <summary>No property has its type's default, so that one that the writer or the reader forgets is seen.</summary>
    private static readonly ServerSettings Full = new()
    {
        Applications = [Shop, Shop with { Name = "blog", Hosts = ["blog.example.com"] }],
        Listen = new ListenSettings
        {
            Host = "::1",
            HostReason = "--host ::1",
            SocketMode = 7,
            SocketGroup = 8,
            Port = 81,
            HttpsPort = 444,
            Tls = new TlsSettings
            {
                Certificates = [new CertificatePair("/srv/c.pem", "/srv/k.pem"), new CertificatePair("/srv/d.pem", "/srv/l.pem")],
                ChainFile = "/srv/chain.pem",
                ClientAuthorityFile = "/srv/ca.pem",
                VerifiedPaths = ["/admin"],
                TellsApplication = true,
                DevelopmentNames = ["localhost"],
            },
            PlainHttp2 = true,
            Backlog = 7,
            ShowsStatus = true,
        },
        Names = new NameSettings
        {
            ServerName = "www.example.com",
            Aliases = ["*.example.com", "example.net"],
            AllowLocalhost = true,
            HttpsOnly = true,
            StrictTransportSecurity = "max-age=5",
        },
        Proxies = new ProxySettings
        {
            Trusted = ["10.0.0.0/8", "::1/128"],
            Headers = ["Forwarded", "X-Real-IP"],
            Protocol = true,
        },
        Access = new AccessSettings
        {
            Application = Shop with { Name = "access" },
            UserFile = "/srv/users",
            Type = AuthenticationType.Digest,
            Realm = "shop",
            Group = "staff",
            CacheTime = TimeSpan.FromSeconds(3),
        },
        Timeouts = Times,
        Clients = new ClientSettings
        {
            KeepAlive = TimeSpan.FromHours(4),
            HeaderTimeout = TimeSpan.FromSeconds(10),
            HeaderMaxTimeout = TimeSpan.FromSeconds(11),
            HeaderMinRate = 12,
            BodyTimeout = TimeSpan.FromSeconds(13),
            BodyMaxTimeout = TimeSpan.FromSeconds(14),
            BodyMinRate = 15,
            Socket = TimeSpan.FromSeconds(16),
            ResponseSocket = TimeSpan.FromSeconds(17),
            MaxClients = 18,
        },
        Limits = Limits,
        Forwarding = new ForwardSettings
        {
            Rules =
            [
                new ForwardRule(null, "/api", new ForwardTarget("http", "localhost", "/app/", "/run/app.sock")),
                new ForwardRule("other.example", "", new ForwardTarget("https", "inner:8443", "/", null)),
            ],
            Timeout = TimeSpan.FromSeconds(61),
        },
        Static = new StaticSettings
        {
            DocumentRoot = "/srv/public",
            Aliases = [new FileAlias("/static", "/srv/static", true), new FileAlias("/x", "/srv/x.txt", false)],
            PrivateRoots = [new FileAlias("/protected", "/srv/private", true)],
            DirectoryIndex = ["index.html", "index.htm"],
            DirectoryListing = true,
            FollowSymlinks = true,
            MaxAge = TimeSpan.FromHours(7),
            ImmutableUrls = ["/static/assets"],
            MimeTypes = "/etc/mime.types",
            CompressResponses = true,
        },
        ErrorPages = new ErrorPageSettings
        {
            Documents = [new ErrorDocument(404, ErrorDocumentKind.Elsewhere, "https://x/")],
            Overrides = true,
        },
        Logs = new LogSettings
        {
            Level = LogLevelName.Error,
            ErrorLog = "/var/log/e",
            ErrorLogFormat = "json",
            RotateAt = 6_000_000_000,
            AccessLogEnabled = true,
            AccessLog = "/var/log/a",
            AccessLogFormat = "%h \"%r\"",
            ErrorSystemLog = new SystemLog(SystemLogKind.Journal, 4, "shop", "/run/j"),
            AccessSystemLog = new SystemLog(SystemLogKind.Journal, 23, "shop-access", "/run/k"),
            StartupLog = "/var/log/s",
            JournalSocket = "/run/l",
        },
        Telemetry = new TelemetrySettings
        {
            PagePort = 8889,
            Service = "/run/telemetry.sock",
            Interval = TimeSpan.FromSeconds(2),
            TellsUserAgent = true,
            TellsApplication = true,
        },
        Development = new DevelopmentSettings
        {
            DebugMode = true,
            Debugger = true,
            DebuggerAtStart = true,
            CoverageDirectory = "/srv/htmlcov",
            ProfilerDirectory = "/srv/pstats",
            RecorderDirectory = "/srv/archive",
        },
        Identity = new IdentitySettings
        {
            UserId = 33,
            GroupId = uint.MaxValue - 1,
            UserName = "www-data",
            GroupName = "g",
            SupplementaryGroups = [4, 33],
        },
        Services =
        [
            new ServiceSettings
            {
                Name = "feed",
                Path = "/srv/feed.py",
                Identity = new IdentitySettings { UserId = 34, GroupId = 35, UserName = "feed", GroupName = "feeds" },
                LogFile = "/var/log/feed",
            },
        ],
        ServerRoot = "/tmp/x",
        PidFile = "/run/x.pid",
    };

    [Fact]
    public void Every_setting_survives_the_way_to_the_front_end() => AssertSame(Full, ServerSettings.FromJson(Full.ToJson()));

    [Fact]
    public void What_is_not_given_stays_so()
    {
        var settings = Resolve.Good("app.wsgi");
        AssertSame(settings, ServerSettings.FromJson(settings.ToJson()), mayBeDefault: true);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{\"applications\": 3}")]
    public void What_the_writer_did_not_write_is_refused(string text) =>
        Assert.ThrowsAny<JsonException>(() => ServerSettings.FromJson(text));

    private static void AssertSame(object expected, object actual, bool mayBeDefault = false)
    {
        foreach (var property in expected.GetType().GetProperties().Where(static property => property.CanWrite))
        {
            var (left, right) = (property.GetValue(expected), property.GetValue(actual));
            if (left is IReadOnlyList<HostedApplication> applications)
            {
                var read = Assert.IsAssignableFrom<IReadOnlyList<HostedApplication>>(right);
                Assert.Equal(applications.Count, read.Count);
                foreach (var (one, other) in applications.Zip(read))
                {
                    AssertSame(one, other, mayBeDefault);
                }

                continue;
            }

            if (left is HostedApplication
                || (left is not null && property.PropertyType.Name.EndsWith("Settings", StringComparison.Ordinal)))
            {
                AssertSame(left, right!, mayBeDefault);
                continue;
            }

            Assert.Equal(left is string ? left : left as IEnumerable ?? left, right);
            if (!mayBeDefault)
            {
                var unset = property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null;
                Assert.False(Equals(left, unset), $"{property.Name} is not set in the test");
            }
        }
    }
}
