using System.Text;
using System.Text.Json;
using Addergate.Settings.Model;
using Addergate.Supervisor.Fleets;

namespace Addergate.Supervisor.Shell;

/// <summary>What START says to a worker, as JSON: docs/design/0001-process-model.md has an example.</summary>
internal static class WorkerPlan
{
    /// <param name="worker">Whose plan.</param>
    /// <param name="plan">The server's.</param>
    /// <param name="slotSocket">Where its slots connect.</param>
    /// <param name="port">The plain port that was bound.</param>
    public static string ToJson(Child worker, SupervisorPlan plan, string slotSocket, int port) =>
        ToJson(worker, worker.Seat!.Generation, plan, slotSocket, port);

    /// <summary>What a template is told: the same without a worker in it, and that it is one.</summary>
    public static string ForTemplate(Generation generation, SupervisorPlan plan, string slotSocket, int port) =>
        ToJson(null, generation, plan, slotSocket, port);

    /// <summary>What a service's process is told.</summary>
    public static string ForService(ServiceSettings service, SupervisorPlan plan)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("service");
            json.WriteString("name", service.Name);
            json.WriteString("path", service.Path);
            json.WriteEndObject();
            // Workers alone are shut up in a directory.
            WriteApplication(json, plan.Settings.Main.Application with { Root = null });
            json.WriteNumber("processes", 1);
            json.WriteNumber("threads", 0);
            json.WriteString("process_group", $"service:{service.Name}");
            json.WriteBoolean("server_metrics", plan.Settings.Telemetry.TellsApplication);
            WritePython(json, plan.Settings.Main.Python);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string ToJson(Child? worker, Generation generation, SupervisorPlan plan, string slotSocket, int port)
    {
        var settings = generation.Pool.Application;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (worker is null)
            {
                json.WriteBoolean("template", true);
            }

            json.WriteNumber("worker", worker?.Number ?? 0);
            json.WriteNumber("generation", generation.Number);
            json.WriteNumber("slots", settings.Workers.Threads);
            json.WriteNumber("nonce_high", worker?.Nonce.High ?? 0);
            json.WriteNumber("nonce_low", worker?.Nonce.Low ?? 0);
            json.WriteString("slot_socket", slotSocket);
            if (settings.Application.Root is { } root)
            {
                // The paths below are those in it.
                json.WriteString("root", root);
            }

            WriteApplication(json, settings.Application);
            json.WriteNumber("processes", settings.Workers.MaximumProcesses);
            json.WriteNumber("threads", settings.Workers.Threads);
            json.WriteNumber("stack_size", settings.Workers.StackSize);
            json.WriteNumber("virtual_memory_limit", settings.Workers.VirtualMemoryLimit);
            json.WriteNumber("shutdown_timeout", settings.Timeouts.Shutdown.TotalSeconds);
            json.WriteString("server_software", plan.ServerSoftware);
            json.WriteString("process_group", settings.Application.ProcessGroup ?? $"localhost:{port}");
            json.WriteStartObject("variables");
            foreach (var (name, value) in settings.Application.Variables)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteString("document_root", plan.Settings.Static.DocumentRoot);
            json.WriteBoolean("map_head_to_get", settings.Application.MapHeadToGet);
            json.WriteBoolean("hands_over_files", plan.Settings.Static.PrivateRoots.Count > 0);
            json.WriteBoolean("server_metrics", plan.Settings.Telemetry.TellsApplication);
            json.WriteBoolean("reload_on_changes", settings.Workers.ReloadOnChanges);
            WriteDevelopment(json, plan.Settings.Development);
            json.WriteBoolean("orphan_interpreter", settings.Python.OrphanInterpreter);
            WritePython(json, settings.Python);
            json.WriteString("log_level", NameOf(plan.Settings.Logs.Level));
            json.WriteString("listener_host", "");
            json.WriteString("listener_port", $"{port}");
            json.WriteNumber("supervisor_pid", Environment.ProcessId);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteDevelopment(Utf8JsonWriter json, DevelopmentSettings development)
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

    private static void WritePython(Utf8JsonWriter json, PythonSettings python)
    {
        json.WriteNumber("switch_interval", python.SwitchInterval.TotalSeconds);
        json.WriteBoolean("set_locale", python.Locale is not null);
    }

    private static void WriteApplication(Utf8JsonWriter json, ApplicationSettings application)
    {
        json.WriteStartObject("application");
        json.WriteString("type", NameOf(application.Type));
        json.WriteString(
            "entry",
            application.Type is ApplicationType.Script or ApplicationType.Paste
                ? application.PathInside(application.Entry)
                : application.Entry);
        json.WriteString("callable", application.Callable);
        json.WriteString("working_directory", application.PathInside(application.WorkingDirectory));
        json.WriteStartArray("python_path");
        foreach (var directory in application.PythonPath)
        {
            json.WriteStringValue(application.PathInside(directory));
        }

        json.WriteEndArray();
        json.WriteStartArray("handlers");
        foreach (var script in application.Handlers.Select(static handler => handler.Script).Distinct())
        {
            json.WriteStringValue(application.PathInside(script));
        }

        json.WriteEndArray();
        json.WriteString("dispatch_script", application.PathInside(application.DispatchScript));
        if (application.Access is { } access)
        {
            json.WriteStartObject("access");
            json.WriteString("host", application.PathInside(access.Host));
            json.WriteString("user", application.PathInside(access.User));
            json.WriteString("group", application.PathInside(access.Group));
            json.WriteEndObject();
        }

        if ((application.ScriptUser ?? application.ScriptGroup) is { } owner)
        {
            json.WriteNumber(application.ScriptUser is null ? "script_group" : "script_user", owner);
        }

        json.WriteEndObject();
    }

    private static string NameOf(ApplicationType type) => type switch
    {
        ApplicationType.Script => "script",
        ApplicationType.Module => "module",
        ApplicationType.Paste => "paste",
        ApplicationType.Static => "static",
        ApplicationType.Access => "access",
        _ => "welcome",
    };

    private static string NameOf(LogLevelName level) => level switch
    {
        LogLevelName.Debug => "debug",
        LogLevelName.Info => "info",
        LogLevelName.Warn => "warn",
        LogLevelName.Error => "error",
        _ => "critical",
    };
}
