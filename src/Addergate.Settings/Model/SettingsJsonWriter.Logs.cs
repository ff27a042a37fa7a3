using System.Text.Json;

namespace Addergate.Settings.Model;

/// <summary>What is shown and written of errors and requests.</summary>
internal static partial class SettingsJsonWriter
{
    private static void ErrorPages(Utf8JsonWriter json, ErrorPageSettings pages)
    {
        json.WriteStartObject("error_pages");
        json.WriteStartArray("documents");
        foreach (var document in pages.Documents)
        {
            json.WriteStartObject();
            json.WriteNumber("status", document.Status);
            json.WriteNumber("kind", (int)document.Kind);
            json.WriteString("target", document.Target);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("overrides", pages.Overrides);
        json.WriteEndObject();
    }

    private static void Telemetry(Utf8JsonWriter json, TelemetrySettings telemetry)
    {
        json.WriteStartObject("telemetry");
        Number(json, "page_port", telemetry.PagePort);
        json.WriteString("service", telemetry.Service);
        json.WriteNumber("interval", telemetry.Interval.Ticks);
        json.WriteBoolean("tells_user_agent", telemetry.TellsUserAgent);
        json.WriteBoolean("tells_application", telemetry.TellsApplication);
        json.WriteEndObject();
    }

    private static void Logs(Utf8JsonWriter json, LogSettings logs)
    {
        json.WriteStartObject("logs");
        json.WriteNumber("level", (int)logs.Level);
        json.WriteString("error_log", logs.ErrorLog);
        json.WriteString("error_log_format", logs.ErrorLogFormat);
        Number(json, "rotate_at", logs.RotateAt);
        json.WriteBoolean("access_log_enabled", logs.AccessLogEnabled);
        json.WriteString("access_log", logs.AccessLog);
        json.WriteString("access_log_format", logs.AccessLogFormat);
        SystemLog(json, "error_system_log", logs.ErrorSystemLog);
        SystemLog(json, "access_system_log", logs.AccessSystemLog);
        json.WriteString("startup_log", logs.StartupLog);
        json.WriteString("journal_socket", logs.JournalSocket);
        json.WriteEndObject();
    }

    private static void SystemLog(Utf8JsonWriter json, string name, SystemLog? log)
    {
        if (log is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("kind", (int)log.Kind);
        json.WriteNumber("facility", log.Facility);
        json.WriteString("tag", log.Tag);
        json.WriteString("socket", log.Socket);
        json.WriteEndObject();
    }
}
