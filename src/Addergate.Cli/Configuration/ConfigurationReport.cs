using System.Text;
using Addergate.Cli.Terminals;
using Addergate.Settings.Reference;

namespace Addergate.Cli.Configuration;

/// <summary>What is in force, for people.</summary>
internal static class ConfigurationReport
{
    internal static string Write(PlannedServer server, bool withDefaults, TextStyle style)
    {
        var table = new TextTable(style, "SETTING", "VALUE", "FROM");
        var isEmpty = true;
        foreach (var setting in server.InForce)
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

        var text = new StringBuilder();
        text.Append($"Configuration file: {server.ConfigurationFile ?? "none"}\n");
        text.Append(server.Interpreter is { } interpreter
            ? $"Python: {interpreter.Version}, {interpreter.Executable} ({server.Settings!.Python.Source})\n\n"
            : "Python: none, only files are served\n\n");
        text.Append(isEmpty ? "Every setting is at its default.\n" : table.Write(""));
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
}
