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
        Application = Application(json.GetProperty("application")),
        Python = Python(json.GetProperty("python")),
        Listen = Listen(json.GetProperty("listen")),
        Workers = Workers(json.GetProperty("workers")),
        Timeouts = Timeouts(json.GetProperty("timeouts")),
        Limits = Limits(json.GetProperty("limits")),
        Logs = Logs(json.GetProperty("logs")),
        Identity = Identity(json.GetProperty("identity")),
        ServerRoot = Text(json, "server_root"),
        PidFile = OptionalText(json, "pid_file"),
    };

    private static ApplicationSettings Application(JsonElement json)
    {
        var pythonPath = new List<string>();
        foreach (var directory in json.GetProperty("python_path").EnumerateArray())
        {
            pythonPath.Add(directory.GetString()!);
        }

        return new ApplicationSettings
        {
            Type = (ApplicationType)json.GetProperty("type").GetInt32(),
            Entry = Text(json, "entry"),
            Callable = Text(json, "callable"),
            WorkingDirectory = Text(json, "working_directory"),
            PythonPath = pythonPath,
        };
    }

    private static PythonSettings Python(JsonElement json) => new()
    {
        Executable = Text(json, "executable"),
        Source = Text(json, "source"),
    };

    private static ListenSettings Listen(JsonElement json) => new()
    {
        Host = Text(json, "host"),
        HostReason = Text(json, "host_reason"),
        Port = json.GetProperty("port").GetInt32(),
        HttpsPort = IsNull(json, "https_port") ? null : json.GetProperty("https_port").GetInt32(),
        CertificateFile = OptionalText(json, "certificate_file"),
        CertificateKeyFile = OptionalText(json, "certificate_key_file"),
        PlainHttp2 = json.GetProperty("plain_http2").GetBoolean(),
        Backlog = json.GetProperty("backlog").GetInt32(),
    };

    private static WorkerSettings Workers(JsonElement json) => new()
    {
        Processes = json.GetProperty("processes").GetInt32(),
        Threads = json.GetProperty("threads").GetInt32(),
    };

    private static TimeoutSettings Timeouts(JsonElement json) => new()
    {
        Startup = Duration(json, "startup"),
        Shutdown = Duration(json, "shutdown"),
        Graceful = Duration(json, "graceful"),
        KeepAlive = Duration(json, "keep_alive"),
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

    private static LogSettings Logs(JsonElement json) => new()
    {
        Level = (LogLevelName)json.GetProperty("level").GetInt32(),
        ErrorLog = OptionalText(json, "error_log"),
        AccessLogEnabled = json.GetProperty("access_log_enabled").GetBoolean(),
        AccessLog = OptionalText(json, "access_log"),
        AccessLogFormat = (AccessLogFormat)json.GetProperty("access_log_format").GetInt32(),
    };

    private static IdentitySettings Identity(JsonElement json) => new()
    {
        UserId = IsNull(json, "user_id") ? null : json.GetProperty("user_id").GetUInt32(),
        GroupId = IsNull(json, "group_id") ? null : json.GetProperty("group_id").GetUInt32(),
        UserName = OptionalText(json, "user_name"),
        GroupName = OptionalText(json, "group_name"),
    };

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static string? OptionalText(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static TimeSpan Duration(JsonElement json, string name) =>
        new(json.GetProperty(name).GetInt64());

    private static bool IsNull(JsonElement json, string name) =>
        json.GetProperty(name).ValueKind == JsonValueKind.Null;
}
