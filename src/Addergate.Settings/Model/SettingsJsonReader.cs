using System.Text.Json;

namespace Addergate.Settings.Model;

/// <summary>The mirror of <see cref="SettingsJsonWriter"/>.</summary>
internal static class SettingsJsonReader
{
    /// <exception cref="JsonException">It is not what the writer wrote.</exception>
    internal static ServerSettings Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        try
        {
            return Server(document.RootElement);
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException($"These are no settings: {wrong.Message}", wrong);
        }
    }

    private static ServerSettings Server(JsonElement json) => new()
    {
        Applications = [.. json.GetProperty("applications").EnumerateArray().Select(Hosted)],
        Listen = Listen(json.GetProperty("listen")),
        Names = Names(json.GetProperty("names")),
        Proxies = Proxies(json.GetProperty("proxies")),
        Access = Access(json.GetProperty("access")),
        Timeouts = Timeouts(json.GetProperty("timeouts")),
        Clients = Clients(json.GetProperty("clients")),
        Limits = Limits(json.GetProperty("limits")),
        Static = Static(json.GetProperty("static")),
        ErrorPages = ErrorPages(json.GetProperty("error_pages")),
        Forwarding = Forwarding(json.GetProperty("forwarding")),
        Logs = Logs(json.GetProperty("logs")),
        Telemetry = Telemetry(json.GetProperty("telemetry")),
        Development = Development(json.GetProperty("development")),
        Identity = Identity(json.GetProperty("identity")),
        Services = [.. json.GetProperty("services").EnumerateArray().Select(Service)],
        ServerRoot = Text(json, "server_root"),
        PidFile = OptionalText(json, "pid_file"),
    };

    private static HostedApplication Hosted(JsonElement json) => new()
    {
        Name = Text(json, "name"),
        Hosts = Texts(json, "hosts"),
        Application = Application(json.GetProperty("application")),
        Python = Python(json.GetProperty("python")),
        Workers = Workers(json.GetProperty("workers")),
        Queue = Queue(json.GetProperty("queue")),
        Timeouts = Timeouts(json.GetProperty("timeouts")),
        Limits = Limits(json.GetProperty("limits")),
        Identity = Identity(json.GetProperty("identity")),
    };

    private static ApplicationSettings Application(JsonElement json) => new()
    {
        Type = (ApplicationType)json.GetProperty("type").GetInt32(),
        Entry = Text(json, "entry"),
        Callable = Text(json, "callable"),
        WorkingDirectory = Text(json, "working_directory"),
        PythonPath = Texts(json, "python_path"),
        MountPoint = Text(json, "mount_point"),
        ProcessGroup = OptionalText(json, "process_group"),
        Variables = json.GetProperty("variables").EnumerateObject().ToDictionary(
            static variable => variable.Name, static variable => variable.Value.GetString()!),
        Handlers = [.. json.GetProperty("handlers").EnumerateObject().Select(
            static handler => new FileHandler(handler.Name, handler.Value.GetString()!))],
        DispatchScript = OptionalText(json, "dispatch_script"),
        EnvironmentScript = OptionalText(json, "environment_script") is { } script
            ? new EnvironmentScript(script, Text(json, "shell"))
            : null,
        Access = Scripts(json.GetProperty("access")),
        MapHeadToGet = json.GetProperty("map_head_to_get").GetBoolean(),
        Root = OptionalText(json, "root"),
        ScriptUser = IsNull(json, "script_user") ? null : json.GetProperty("script_user").GetUInt32(),
        ScriptGroup = IsNull(json, "script_group") ? null : json.GetProperty("script_group").GetUInt32(),
    };

    private static PythonSettings Python(JsonElement json) => new()
    {
        Executable = Text(json, "executable"),
        Source = Text(json, "source"),
        Warnings = Texts(json, "warnings"),
        EggCache = OptionalText(json, "egg_cache"),
        SwitchInterval = Duration(json, "switch_interval"),
        FreeThreading = json.GetProperty("free_threading").GetBoolean(),
        Locale = OptionalText(json, "locale"),
        Language = OptionalText(json, "language"),
        OrphanInterpreter = json.GetProperty("orphan_interpreter").GetBoolean(),
    };

    private static AccessSettings Access(JsonElement json) => new()
    {
        Application = json.GetProperty("application").EnumerateArray().Select(Hosted).SingleOrDefault(),
        UserFile = OptionalText(json, "user_file"),
        Type = (AuthenticationType)json.GetProperty("type").GetInt32(),
        Realm = Text(json, "realm"),
        Group = OptionalText(json, "group"),
        CacheTime = Duration(json, "cache_time"),
    };

    private static AccessScripts? Scripts(JsonElement json) => json.GetArrayLength() == 0
        ? null
        : new AccessScripts(json[0].GetString(), json[1].GetString(), json[2].GetString());

    private static ListenSettings Listen(JsonElement json) => new()
    {
        Host = Text(json, "host"),
        HostReason = Text(json, "host_reason"),
        SocketMode = json.GetProperty("socket_mode").GetInt32(),
        SocketGroup = IsNull(json, "socket_group") ? null : json.GetProperty("socket_group").GetUInt32(),
        Port = json.GetProperty("port").GetInt32(),
        HttpsPort = IsNull(json, "https_port") ? null : json.GetProperty("https_port").GetInt32(),
        Tls = Tls(json.GetProperty("tls")),
        PlainHttp2 = json.GetProperty("plain_http2").GetBoolean(),
        Backlog = json.GetProperty("backlog").GetInt32(),
        ShowsStatus = json.GetProperty("shows_status").GetBoolean(),
    };

    private static TelemetrySettings Telemetry(JsonElement json) => new()
    {
        PagePort = IsNull(json, "page_port") ? null : json.GetProperty("page_port").GetInt32(),
        Service = OptionalText(json, "service"),
        Interval = Duration(json, "interval"),
        TellsUserAgent = json.GetProperty("tells_user_agent").GetBoolean(),
        TellsApplication = json.GetProperty("tells_application").GetBoolean(),
    };

    private static TlsSettings Tls(JsonElement json) => new()
    {
        Certificates =
        [
            .. json.GetProperty("certificates").EnumerateArray()
                .Select(static pair => new CertificatePair(pair[0].GetString()!, pair[1].GetString()!)),
        ],
        ChainFile = OptionalText(json, "chain_file"),
        ClientAuthorityFile = OptionalText(json, "client_authority_file"),
        VerifiedPaths = Texts(json, "verified_paths"),
        TellsApplication = json.GetProperty("tells_application").GetBoolean(),
        DevelopmentNames = Texts(json, "development_names"),
    };

    private static NameSettings Names(JsonElement json) => new()
    {
        ServerName = OptionalText(json, "server_name"),
        Aliases = Texts(json, "aliases"),
        AllowLocalhost = json.GetProperty("allow_localhost").GetBoolean(),
        HttpsOnly = json.GetProperty("https_only").GetBoolean(),
        StrictTransportSecurity = OptionalText(json, "strict_transport_security"),
    };

    private static ProxySettings Proxies(JsonElement json) => new()
    {
        Trusted = Texts(json, "trusted"),
        Headers = Texts(json, "headers"),
        Protocol = json.GetProperty("protocol").GetBoolean(),
    };

    private static WorkerSettings Workers(JsonElement json) => new()
    {
        Processes = json.GetProperty("processes").GetInt32(),
        MaximumProcesses = json.GetProperty("maximum_processes").GetInt32(),
        Threads = json.GetProperty("threads").GetInt32(),
        Preload = json.GetProperty("preload").GetBoolean(),
        MaximumRequests = json.GetProperty("maximum_requests").GetInt32(),
        RecycleJitter = json.GetProperty("recycle_jitter").GetInt32(),
        CpuTimeLimit = Duration(json, "cpu_time_limit"),
        MemoryLimit = json.GetProperty("memory_limit").GetInt64(),
        DataLimit = json.GetProperty("data_limit").GetInt64(),
        VirtualMemoryLimit = json.GetProperty("virtual_memory_limit").GetInt64(),
        StackSize = json.GetProperty("stack_size").GetInt32(),
        CpuPriority = json.GetProperty("cpu_priority").GetInt32(),
        FileMask = IsNull(json, "file_mask") ? null : json.GetProperty("file_mask").GetInt32(),
        ReloadOnScriptChange = json.GetProperty("reload_on_script_change").GetBoolean(),
        ReloadOnChanges = json.GetProperty("reload_on_changes").GetBoolean(),
        IgnoreActivity = Texts(json, "ignore_activity"),
    };

    private static QueueSettings Queue(JsonElement json) => new()
    {
        Limit = IsNull(json, "limit") ? null : json.GetProperty("limit").GetInt32(),
        Policy = (QueuePolicy)json.GetProperty("policy").GetInt32(),
    };

    private static TimeoutSettings Timeouts(JsonElement json) => new()
    {
        Queue = Duration(json, "queue"),
        Request = Duration(json, "request"),
        SlowRequest = Duration(json, "slow_request"),
        Interrupt = Duration(json, "interrupt"),
        Deadlock = Duration(json, "deadlock"),
        Startup = Duration(json, "startup"),
        Inactivity = Duration(json, "inactivity"),
        RestartInterval = Duration(json, "restart_interval"),
        Graceful = Duration(json, "graceful"),
        Eviction = Duration(json, "eviction"),
        Shutdown = Duration(json, "shutdown"),
        DrainDelay = Duration(json, "drain_delay"),
    };

    private static ClientSettings Clients(JsonElement json) => new()
    {
        KeepAlive = Duration(json, "keep_alive"),
        HeaderTimeout = Duration(json, "header_timeout"),
        HeaderMaxTimeout = Duration(json, "header_max_timeout"),
        HeaderMinRate = json.GetProperty("header_min_rate").GetInt32(),
        BodyTimeout = Duration(json, "body_timeout"),
        BodyMaxTimeout = Duration(json, "body_max_timeout"),
        BodyMinRate = json.GetProperty("body_min_rate").GetInt32(),
        Socket = Duration(json, "socket"),
        ResponseSocket = Duration(json, "response_socket"),
        MaxClients = IsNull(json, "max_clients") ? null : json.GetProperty("max_clients").GetInt32(),
    };

    private static LimitSettings Limits(JsonElement json) => new()
    {
        RequestBody = json.GetProperty("request_body").GetInt64(),
        RequestBuffering = json.GetProperty("request_buffering").GetBoolean(),
        RequestBodyInMemory = json.GetProperty("request_body_in_memory").GetInt32(),
        ResponseBuffer = json.GetProperty("response_buffer").GetInt32(),
        TotalMemory = json.GetProperty("total_memory").GetInt64(),
        TotalSpool = json.GetProperty("total_spool").GetInt64(),
    };

    private static StaticSettings Static(JsonElement json) => new()
    {
        DocumentRoot = OptionalText(json, "document_root"),
        Aliases = Aliases(json, "aliases"),
        PrivateRoots = Aliases(json, "private_roots"),
        DirectoryIndex = Texts(json, "directory_index"),
        DirectoryListing = json.GetProperty("directory_listing").GetBoolean(),
        FollowSymlinks = json.GetProperty("follow_symlinks").GetBoolean(),
        MaxAge = IsNull(json, "max_age") ? null : Duration(json, "max_age"),
        ImmutableUrls = Texts(json, "immutable_urls"),
        MimeTypes = OptionalText(json, "mime_types"),
        CompressResponses = json.GetProperty("compress_responses").GetBoolean(),
    };

    private static FileAlias[] Aliases(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(static alias => new FileAlias(
            Text(alias, "url"), Text(alias, "path"), alias.GetProperty("is_directory").GetBoolean()))];

    private static ErrorPageSettings ErrorPages(JsonElement json) => new()
    {
        Documents = [.. json.GetProperty("documents").EnumerateArray().Select(static document => new ErrorDocument(
            document.GetProperty("status").GetInt32(),
            (ErrorDocumentKind)document.GetProperty("kind").GetInt32(),
            Text(document, "target")))],
        Overrides = json.GetProperty("overrides").GetBoolean(),
    };

    private static ForwardSettings Forwarding(JsonElement json) => new()
    {
        Rules = [.. json.GetProperty("rules").EnumerateArray().Select(static rule => new ForwardRule(
            OptionalText(rule, "host"),
            Text(rule, "url"),
            new ForwardTarget(
                Text(rule, "scheme"), Text(rule, "authority"), Text(rule, "path"), OptionalText(rule, "socket"))))],
        Timeout = Duration(json, "timeout"),
    };

    private static LogSettings Logs(JsonElement json) => new()
    {
        Level = (LogLevelName)json.GetProperty("level").GetInt32(),
        ErrorLog = OptionalText(json, "error_log"),
        ErrorLogFormat = Text(json, "error_log_format"),
        RotateAt = IsNull(json, "rotate_at") ? null : json.GetProperty("rotate_at").GetInt64(),
        AccessLogEnabled = json.GetProperty("access_log_enabled").GetBoolean(),
        AccessLog = OptionalText(json, "access_log"),
        AccessLogFormat = Text(json, "access_log_format"),
        ErrorSystemLog = SystemLog(json, "error_system_log"),
        AccessSystemLog = SystemLog(json, "access_system_log"),
        StartupLog = OptionalText(json, "startup_log"),
        JournalSocket = Text(json, "journal_socket"),
    };

    private static SystemLog? SystemLog(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Object } log
            ? new SystemLog(
                (SystemLogKind)log.GetProperty("kind").GetInt32(),
                log.GetProperty("facility").GetInt32(),
                Text(log, "tag"),
                Text(log, "socket"))
            : null;

    private static ServiceSettings Service(JsonElement json) => new()
    {
        Name = Text(json, "name"),
        Path = Text(json, "path"),
        Identity = Identity(json.GetProperty("identity")),
        LogFile = OptionalText(json, "log_file"),
    };

    private static DevelopmentSettings Development(JsonElement json) => new()
    {
        DebugMode = json.GetProperty("debug_mode").GetBoolean(),
        Debugger = json.GetProperty("debugger").GetBoolean(),
        DebuggerAtStart = json.GetProperty("debugger_at_start").GetBoolean(),
        CoverageDirectory = OptionalText(json, "coverage_directory"),
        ProfilerDirectory = OptionalText(json, "profiler_directory"),
        RecorderDirectory = OptionalText(json, "recorder_directory"),
    };

    private static IdentitySettings Identity(JsonElement json) => new()
    {
        UserId = IsNull(json, "user_id") ? null : json.GetProperty("user_id").GetUInt32(),
        GroupId = IsNull(json, "group_id") ? null : json.GetProperty("group_id").GetUInt32(),
        UserName = OptionalText(json, "user_name"),
        GroupName = OptionalText(json, "group_name"),
        SupplementaryGroups = IsNull(json, "supplementary_groups")
            ? null
            : [.. json.GetProperty("supplementary_groups").EnumerateArray().Select(static group => group.GetUInt32())],
    };

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static string[] Texts(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static string? OptionalText(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static TimeSpan Duration(JsonElement json, string name) =>
        new(json.GetProperty(name).GetInt64());

    private static bool IsNull(JsonElement json, string name) =>
        json.GetProperty(name).ValueKind == JsonValueKind.Null;
}
