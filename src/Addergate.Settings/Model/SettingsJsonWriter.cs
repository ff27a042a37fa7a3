using System.Text;
using System.Text.Json;

namespace Addergate.Settings.Model;

/// <summary>
/// Resolved settings as JSON; <see cref="SettingsJsonReader"/> is its mirror. By hand, because a generated serializer
/// compiles some 700 methods at each start, in the supervisor and again in the front end, before the first request: 100 ms
/// of CPU each.
/// </summary>
internal static partial class SettingsJsonWriter
{
    internal static string Write(ServerSettings settings)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("applications");
            foreach (var hosted in settings.Applications)
            {
                Hosted(json, hosted);
            }

            json.WriteEndArray();
            Listen(json, settings.Listen);
            Names(json, settings.Names);
            Proxies(json, settings.Proxies);
            Access(json, settings.Access);
            Timeouts(json, settings.Timeouts);
            Clients(json, settings.Clients);
            Limits(json, settings.Limits);
            Static(json, settings.Static);
            ErrorPages(json, settings.ErrorPages);
            Forwarding(json, settings.Forwarding);
            Logs(json, settings.Logs);
            Telemetry(json, settings.Telemetry);
            Development(json, settings.Development);
            Identity(json, settings.Identity);
            json.WriteStartArray("services");
            foreach (var service in settings.Services)
            {
                Service(json, service);
            }

            json.WriteEndArray();
            json.WriteString("server_root", settings.ServerRoot);
            json.WriteString("pid_file", settings.PidFile);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Hosted(Utf8JsonWriter json, HostedApplication hosted)
    {
        json.WriteStartObject();
        json.WriteString("name", hosted.Name);
        Texts(json, "hosts", hosted.Hosts);
        Application(json, hosted.Application);
        Python(json, hosted.Python);
        Workers(json, hosted.Workers);
        Queue(json, hosted.Queue);
        Timeouts(json, hosted.Timeouts);
        Limits(json, hosted.Limits);
        Identity(json, hosted.Identity);
        json.WriteEndObject();
    }

    private static void Application(Utf8JsonWriter json, ApplicationSettings application)
    {
        json.WriteStartObject("application");
        json.WriteNumber("type", (int)application.Type);
        json.WriteString("entry", application.Entry);
        json.WriteString("callable", application.Callable);
        json.WriteString("working_directory", application.WorkingDirectory);
        Texts(json, "python_path", application.PythonPath);
        json.WriteString("mount_point", application.MountPoint);
        json.WriteString("process_group", application.ProcessGroup);
        json.WriteStartObject("variables");
        foreach (var (name, value) in application.Variables)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("handlers");
        foreach (var (extension, script) in application.Handlers)
        {
            json.WriteString(extension, script);
        }

        json.WriteEndObject();
        json.WriteString("dispatch_script", application.DispatchScript);
        json.WriteString("environment_script", application.EnvironmentScript?.Path);
        json.WriteString("shell", application.EnvironmentScript?.Shell);
        Scripts(json, application.Access);
        json.WriteBoolean("map_head_to_get", application.MapHeadToGet);
        json.WriteString("root", application.Root);
        Number(json, "script_user", application.ScriptUser);
        Number(json, "script_group", application.ScriptGroup);
        json.WriteEndObject();
    }

    private static void Python(Utf8JsonWriter json, PythonSettings python)
    {
        json.WriteStartObject("python");
        json.WriteString("executable", python.Executable);
        json.WriteString("source", python.Source);
        Texts(json, "warnings", python.Warnings);
        json.WriteString("egg_cache", python.EggCache);
        json.WriteNumber("switch_interval", python.SwitchInterval.Ticks);
        json.WriteBoolean("free_threading", python.FreeThreading);
        json.WriteString("locale", python.Locale);
        json.WriteString("language", python.Language);
        json.WriteBoolean("orphan_interpreter", python.OrphanInterpreter);
        json.WriteEndObject();
    }

    private static void Access(Utf8JsonWriter json, AccessSettings access)
    {
        json.WriteStartObject("access");
        json.WriteStartArray("application");
        if (access.Application is { } hosted)
        {
            Hosted(json, hosted);
        }

        json.WriteEndArray();
        json.WriteString("user_file", access.UserFile);
        json.WriteNumber("type", (int)access.Type);
        json.WriteString("realm", access.Realm);
        json.WriteString("group", access.Group);
        json.WriteNumber("cache_time", access.CacheTime.Ticks);
        json.WriteEndObject();
    }

    private static void Scripts(Utf8JsonWriter json, AccessScripts? scripts)
    {
        json.WriteStartArray("access");
        if (scripts is not null)
        {
            json.WriteStringValue(scripts.Host);
            json.WriteStringValue(scripts.User);
            json.WriteStringValue(scripts.Group);
        }

        json.WriteEndArray();
    }

    private static void Listen(Utf8JsonWriter json, ListenSettings listen)
    {
        json.WriteStartObject("listen");
        json.WriteString("host", listen.Host);
        json.WriteString("host_reason", listen.HostReason);
        json.WriteNumber("socket_mode", listen.SocketMode);
        Number(json, "socket_group", listen.SocketGroup);
        json.WriteNumber("port", listen.Port);
        Number(json, "https_port", listen.HttpsPort);
        Tls(json, listen.Tls);
        json.WriteBoolean("plain_http2", listen.PlainHttp2);
        json.WriteNumber("backlog", listen.Backlog);
        json.WriteBoolean("shows_status", listen.ShowsStatus);
        json.WriteEndObject();
    }

    private static void Tls(Utf8JsonWriter json, TlsSettings tls)
    {
        json.WriteStartObject("tls");
        json.WriteStartArray("certificates");
        foreach (var (certificate, key) in tls.Certificates)
        {
            json.WriteStartArray();
            json.WriteStringValue(certificate);
            json.WriteStringValue(key);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteString("chain_file", tls.ChainFile);
        json.WriteString("client_authority_file", tls.ClientAuthorityFile);
        Texts(json, "verified_paths", tls.VerifiedPaths);
        json.WriteBoolean("tells_application", tls.TellsApplication);
        Texts(json, "development_names", tls.DevelopmentNames);
        json.WriteEndObject();
    }

    private static void Names(Utf8JsonWriter json, NameSettings names)
    {
        json.WriteStartObject("names");
        json.WriteString("server_name", names.ServerName);
        Texts(json, "aliases", names.Aliases);
        json.WriteBoolean("allow_localhost", names.AllowLocalhost);
        json.WriteBoolean("https_only", names.HttpsOnly);
        json.WriteString("strict_transport_security", names.StrictTransportSecurity);
        json.WriteEndObject();
    }

    private static void Proxies(Utf8JsonWriter json, ProxySettings proxies)
    {
        json.WriteStartObject("proxies");
        Texts(json, "trusted", proxies.Trusted);
        Texts(json, "headers", proxies.Headers);
        json.WriteBoolean("protocol", proxies.Protocol);
        json.WriteEndObject();
    }

    private static void Workers(Utf8JsonWriter json, WorkerSettings workers)
    {
        json.WriteStartObject("workers");
        json.WriteNumber("processes", workers.Processes);
        json.WriteNumber("maximum_processes", workers.MaximumProcesses);
        json.WriteNumber("threads", workers.Threads);
        json.WriteBoolean("preload", workers.Preload);
        json.WriteNumber("maximum_requests", workers.MaximumRequests);
        json.WriteNumber("recycle_jitter", workers.RecycleJitter);
        json.WriteNumber("cpu_time_limit", workers.CpuTimeLimit.Ticks);
        json.WriteNumber("memory_limit", workers.MemoryLimit);
        json.WriteNumber("data_limit", workers.DataLimit);
        json.WriteNumber("virtual_memory_limit", workers.VirtualMemoryLimit);
        json.WriteNumber("stack_size", workers.StackSize);
        json.WriteNumber("cpu_priority", workers.CpuPriority);
        Number(json, "file_mask", workers.FileMask);
        json.WriteBoolean("reload_on_script_change", workers.ReloadOnScriptChange);
        json.WriteBoolean("reload_on_changes", workers.ReloadOnChanges);
        Texts(json, "ignore_activity", workers.IgnoreActivity);
        json.WriteEndObject();
    }

    private static void Queue(Utf8JsonWriter json, QueueSettings queue)
    {
        json.WriteStartObject("queue");
        Number(json, "limit", queue.Limit);
        json.WriteNumber("policy", (int)queue.Policy);
        json.WriteEndObject();
    }

    private static void Timeouts(Utf8JsonWriter json, TimeoutSettings timeouts)
    {
        json.WriteStartObject("timeouts");
        json.WriteNumber("queue", timeouts.Queue.Ticks);
        json.WriteNumber("request", timeouts.Request.Ticks);
        json.WriteNumber("slow_request", timeouts.SlowRequest.Ticks);
        json.WriteNumber("interrupt", timeouts.Interrupt.Ticks);
        json.WriteNumber("deadlock", timeouts.Deadlock.Ticks);
        json.WriteNumber("startup", timeouts.Startup.Ticks);
        json.WriteNumber("inactivity", timeouts.Inactivity.Ticks);
        json.WriteNumber("restart_interval", timeouts.RestartInterval.Ticks);
        json.WriteNumber("graceful", timeouts.Graceful.Ticks);
        json.WriteNumber("eviction", timeouts.Eviction.Ticks);
        json.WriteNumber("shutdown", timeouts.Shutdown.Ticks);
        json.WriteNumber("drain_delay", timeouts.DrainDelay.Ticks);
        json.WriteEndObject();
    }

    private static void Clients(Utf8JsonWriter json, ClientSettings clients)
    {
        json.WriteStartObject("clients");
        json.WriteNumber("keep_alive", clients.KeepAlive.Ticks);
        json.WriteNumber("header_timeout", clients.HeaderTimeout.Ticks);
        json.WriteNumber("header_max_timeout", clients.HeaderMaxTimeout.Ticks);
        json.WriteNumber("header_min_rate", clients.HeaderMinRate);
        json.WriteNumber("body_timeout", clients.BodyTimeout.Ticks);
        json.WriteNumber("body_max_timeout", clients.BodyMaxTimeout.Ticks);
        json.WriteNumber("body_min_rate", clients.BodyMinRate);
        json.WriteNumber("socket", clients.Socket.Ticks);
        json.WriteNumber("response_socket", clients.ResponseSocket.Ticks);
        Number(json, "max_clients", clients.MaxClients);
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

    private static void Forwarding(Utf8JsonWriter json, ForwardSettings forwarding)
    {
        json.WriteStartObject("forwarding");
        json.WriteStartArray("rules");
        foreach (var (host, url, target) in forwarding.Rules)
        {
            json.WriteStartObject();
            json.WriteString("host", host);
            json.WriteString("url", url);
            json.WriteString("scheme", target.Scheme);
            json.WriteString("authority", target.Authority);
            json.WriteString("path", target.Path);
            json.WriteString("socket", target.Socket);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("timeout", forwarding.Timeout.Ticks);
        json.WriteEndObject();
    }

    private static void Service(Utf8JsonWriter json, ServiceSettings service)
    {
        json.WriteStartObject();
        json.WriteString("name", service.Name);
        json.WriteString("path", service.Path);
        Identity(json, service.Identity);
        json.WriteString("log_file", service.LogFile);
        json.WriteEndObject();
    }

    private static void Development(Utf8JsonWriter json, DevelopmentSettings development)
    {
        json.WriteStartObject("development");
        json.WriteBoolean("debug_mode", development.DebugMode);
        json.WriteBoolean("debugger", development.Debugger);
        json.WriteBoolean("debugger_at_start", development.DebuggerAtStart);
        json.WriteString("coverage_directory", development.CoverageDirectory);
        json.WriteString("profiler_directory", development.ProfilerDirectory);
        json.WriteString("recorder_directory", development.RecorderDirectory);
        json.WriteEndObject();
    }

    private static void Identity(Utf8JsonWriter json, IdentitySettings identity)
    {
        json.WriteStartObject("identity");
        Number(json, "user_id", identity.UserId);
        Number(json, "group_id", identity.GroupId);
        json.WriteString("user_name", identity.UserName);
        json.WriteString("group_name", identity.GroupName);
        if (identity.SupplementaryGroups is { } groups)
        {
            json.WriteStartArray("supplementary_groups");
            foreach (var group in groups)
            {
                json.WriteNumberValue(group);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("supplementary_groups");
        }

        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
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
