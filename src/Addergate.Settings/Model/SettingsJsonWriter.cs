using System.Text;
using System.Text.Json;

namespace Addergate.Settings.Model;

/// <summary>
/// Resolved settings as JSON; <see cref="SettingsJsonReader"/> is its mirror. By hand, because a generated serializer
/// compiles some 700 methods at each start, in the supervisor and again in the front end, before the first request: 100 ms
/// of CPU each.
/// </summary>
internal static class SettingsJsonWriter
{
    internal static string Write(ServerSettings settings)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            Application(json, settings.Application);
            Python(json, settings.Python);
            Listen(json, settings.Listen);
            Workers(json, settings.Workers);
            Timeouts(json, settings.Timeouts);
            Limits(json, settings.Limits);
            Logs(json, settings.Logs);
            Identity(json, settings.Identity);
            json.WriteString("server_root", settings.ServerRoot);
            json.WriteString("pid_file", settings.PidFile);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Application(Utf8JsonWriter json, ApplicationSettings application)
    {
        json.WriteStartObject("application");
        json.WriteNumber("type", (int)application.Type);
        json.WriteString("entry", application.Entry);
        json.WriteString("callable", application.Callable);
        json.WriteString("working_directory", application.WorkingDirectory);
        json.WriteStartArray("python_path");
        foreach (var directory in application.PythonPath)
        {
            json.WriteStringValue(directory);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Python(Utf8JsonWriter json, PythonSettings python)
    {
        json.WriteStartObject("python");
        json.WriteString("executable", python.Executable);
        json.WriteString("source", python.Source);
        json.WriteEndObject();
    }

    private static void Listen(Utf8JsonWriter json, ListenSettings listen)
    {
        json.WriteStartObject("listen");
        json.WriteString("host", listen.Host);
        json.WriteString("host_reason", listen.HostReason);
        json.WriteNumber("port", listen.Port);
        Number(json, "https_port", listen.HttpsPort);
        json.WriteString("certificate_file", listen.CertificateFile);
        json.WriteString("certificate_key_file", listen.CertificateKeyFile);
        json.WriteBoolean("plain_http2", listen.PlainHttp2);
        json.WriteNumber("backlog", listen.Backlog);
        json.WriteEndObject();
    }

    private static void Workers(Utf8JsonWriter json, WorkerSettings workers)
    {
        json.WriteStartObject("workers");
        json.WriteNumber("processes", workers.Processes);
        json.WriteNumber("threads", workers.Threads);
        json.WriteEndObject();
    }

    private static void Timeouts(Utf8JsonWriter json, TimeoutSettings timeouts)
    {
        json.WriteStartObject("timeouts");
        json.WriteNumber("startup", timeouts.Startup.Ticks);
        json.WriteNumber("shutdown", timeouts.Shutdown.Ticks);
        json.WriteNumber("graceful", timeouts.Graceful.Ticks);
        json.WriteNumber("keep_alive", timeouts.KeepAlive.Ticks);
        json.WriteEndObject();
    }

    private static void Limits(Utf8JsonWriter json, LimitSettings limits)
    {
        json.WriteStartObject("limits");
        json.WriteNumber("request_body", limits.RequestBody);
        json.WriteBoolean("request_buffering", limits.RequestBuffering);
        json.WriteNumber("request_body_in_memory", limits.RequestBodyInMemory);
        json.WriteNumber("response_buffer", limits.ResponseBuffer);
        json.WriteNumber("total_memory", limits.TotalMemory);
        json.WriteNumber("total_spool", limits.TotalSpool);
        json.WriteEndObject();
    }

    private static void Logs(Utf8JsonWriter json, LogSettings logs)
    {
        json.WriteStartObject("logs");
        json.WriteNumber("level", (int)logs.Level);
        json.WriteString("error_log", logs.ErrorLog);
        json.WriteBoolean("access_log_enabled", logs.AccessLogEnabled);
        json.WriteString("access_log", logs.AccessLog);
        json.WriteNumber("access_log_format", (int)logs.AccessLogFormat);
        json.WriteEndObject();
    }

    private static void Identity(Utf8JsonWriter json, IdentitySettings identity)
    {
        json.WriteStartObject("identity");
        Number(json, "user_id", identity.UserId);
        Number(json, "group_id", identity.GroupId);
        json.WriteString("user_name", identity.UserName);
        json.WriteString("group_name", identity.GroupName);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
