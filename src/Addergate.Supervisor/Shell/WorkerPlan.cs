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
    public static string ToJson(Child worker, SupervisorPlan plan, string slotSocket, int port)
    {
        var settings = plan.Settings;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("worker", worker.Number);
            json.WriteNumber("generation", worker.Seat!.Generation.Number);
            json.WriteNumber("slots", settings.Workers.Threads);
            json.WriteNumber("nonce_high", worker.Nonce.High);
            json.WriteNumber("nonce_low", worker.Nonce.Low);
            json.WriteString("slot_socket", slotSocket);
            json.WriteStartObject("application");
            json.WriteString("type", NameOf(settings.Application.Type));
            json.WriteString("entry", settings.Application.Entry);
            json.WriteString("callable", settings.Application.Callable);
            json.WriteString("working_directory", settings.Application.WorkingDirectory);
            json.WriteStartArray("python_path");
            foreach (var directory in settings.Application.PythonPath)
            {
                json.WriteStringValue(directory);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteNumber("processes", settings.Workers.Processes);
            json.WriteNumber("threads", settings.Workers.Threads);
            json.WriteNumber("shutdown_timeout", settings.Timeouts.Shutdown.TotalSeconds);
            json.WriteString("server_software", plan.ServerSoftware);
            json.WriteString("process_group", $"localhost:{port}");
            json.WriteString("log_level", NameOf(settings.Logs.Level));
            json.WriteString("listener_host", "");
            json.WriteString("listener_port", $"{port}");
            json.WriteNumber("supervisor_pid", Environment.ProcessId);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string NameOf(ApplicationType type) => type switch
    {
        ApplicationType.Script => "script",
        ApplicationType.Module => "module",
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
