using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Addergate.Cli.Interpreters;
using Addergate.Settings.Declarations;
using Addergate.Settings.Resolution;

namespace Addergate.Cli.Configuration;

/// <summary>What is in force, or what is wrong, for programs.</summary>
internal static class ConfigurationJson
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(PlannedServer server, bool withDefaults)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("ok", server.Mistakes.Count == 0);
            json.WriteString("configurationFile", server.ConfigurationFile);
            if (server.Interpreters is [{ } interpreter, ..])
            {
                WritePython(json, interpreter);
            }

            json.WriteStartArray("mistakes");
            foreach (var mistake in server.Mistakes)
            {
                json.WriteStartObject();
                json.WriteString("message", mistake.Message);
                json.WriteString("advice", mistake.Advice);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("warnings");
            foreach (var warning in server.Warnings)
            {
                json.WriteStringValue(warning);
            }

            json.WriteEndArray();
            json.WriteStartArray("settings");
            foreach (var setting in server.InForce.Where(setting => withDefaults || !setting.IsDefault))
            {
                WriteSetting(json, setting);
            }

            json.WriteEndArray();
            if (server.Result.Applications.Count > 0)
            {
                WriteApplications(json, server);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length) + "\n";
    }

    private static void WritePython(Utf8JsonWriter json, Interpreter interpreter)
    {
        json.WriteStartObject("python");
        json.WriteString("version", interpreter.Version);
        json.WriteString("executable", interpreter.Executable);
        json.WriteEndObject();
    }

    private static void WriteApplications(Utf8JsonWriter json, PlannedServer server)
    {
        json.WriteStartArray("applications");
        for (var index = 0; index < server.Result.Applications.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("name", server.Settings?.Applications[index].Name);
            if (server.Interpreters.ElementAtOrDefault(index) is { } interpreter)
            {
                WritePython(json, interpreter);
            }

            json.WriteStartArray("settings");
            foreach (var setting in server.InForceIn(server.Result.Applications[index]))
            {
                WriteSetting(json, setting);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSetting(Utf8JsonWriter json, SettingInForce setting)
    {
        json.WriteStartObject();
        json.WriteString("name", setting.Setting.Name);
        if (setting.IsDefault)
        {
            json.WriteString("value", setting.Setting.DefaultText);
            json.WriteString("origin", "default");
        }
        else if (setting.Setting.Form is SettingForm.Repeated or SettingForm.RepeatedPair)
        {
            Write("values", setting.Values);
            Write("origins", setting.Origins);
        }
        else
        {
            json.WriteString("value", setting.Values[0]);
            json.WriteString("origin", setting.Origins[0]);
        }

        json.WriteEndObject();

        void Write(string name, IReadOnlyList<string> texts)
        {
            json.WriteStartArray(name);
            foreach (var text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }
    }
}
