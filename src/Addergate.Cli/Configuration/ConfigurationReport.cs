using System.Text;
using Addergate.Cli.Terminals;
using Addergate.Settings.Reference;
using Addergate.Settings.Resolution;

namespace Addergate.Cli.Configuration;

/// <summary>What is in force, for people.</summary>
internal static class ConfigurationReport
{
    internal static string Write(PlannedServer server, bool withDefaults, TextStyle style)
    {
        var text = new StringBuilder();
        text.Append($"Configuration file: {server.ConfigurationFile ?? "none"}\n");
        if (server.Result.Applications.Count == 0)
        {
            text.Append(Python(server, 0)).Append('\n');
        }

        text.Append('\n');
        var table = Table(server.InForce, withDefaults, style);
        text.Append(table ?? "Every setting is at its default.\n");
        for (var index = 0; index < server.Result.Applications.Count; index++)
        {
            var name = server.Settings!.Applications[index].Name;
            text.Append('\n').Append(style.Heading($"Application {TerminalText.Clean(name)}"));
            text.Append($"  {Python(server, index)}\n");
            text.Append(Table(server.InForceIn(server.Result.Applications[index]), withDefaults: false, style));
        }

        if (server.Warnings.Count > 0)
        {
            text.Append('\n');
        }

        foreach (var warning in server.Warnings)
        {
            text.Append($"{style.Warning("warning:")} {TerminalText.Clean(warning)}\n");
        }

        return text.ToString();
    }

    private static string Python(PlannedServer server, int index)
    {
        return server.Interpreters[index] is not { } interpreter
            ? "Python: none, only files are served"
            : $"Python: {interpreter.Version}, {interpreter.Executable} ({server.Settings!.Applications[index].Python.Source})";
    }

    /// <summary>Null without a row.</summary>
    private static string? Table(IEnumerable<SettingInForce> settings, bool withDefaults, TextStyle style)
    {
        var table = new TextTable(style, "SETTING", "VALUE", "FROM");
        var isEmpty = true;
        foreach (var setting in settings)
        {
            for (var index = 0; index < setting.Values.Count; index++)
            {
                isEmpty = false;
                table.Add(
                    (setting.Setting.Name, style.Name),
                    (TerminalText.Clean(setting.Values[index]), null),
                    (TerminalText.Clean(setting.Origins[index]), null));
            }

            if (setting.IsDefault && withDefaults && setting.Setting.Notice is null)
            {
                isEmpty = false;
                table.Add(
                    (setting.Setting.Name, style.Name), (setting.Setting.DefaultText ?? "none", style.Faint), ("default", style.Faint));
            }
        }

        return isEmpty ? null : table.Write("");
    }
}
