using System.Text;
using Addergate.Settings.Declarations;

namespace Addergate.Settings.Reference;

/// <summary>The page <c>docs/reference/settings.md</c>, made from the declarations.</summary>
public static class ReferencePage
{
    public static string Write()
    {
        var page = new StringBuilder(
            """
            # Settings

            <!-- Made by `addergate _reference docs/reference`. A test fails when it is out of date. -->

            Every setting of `addergate start-server`. Precedence: command line, then environment variable, then configuration
            file, then default. All mistakes in all of them are reported together, and nothing is started.

            - Option names may be cut short while they stay unambiguous.
            - Durations are seconds, or numbers with `ms`, `s`, `m`, `h` or `d`: `90`, `1.5s`, `1m30s`.
            - Amounts of bytes may have `K`, `M`, `G` or `T`, powers of 1024.
            - Relative paths are relative to the directory that the command is started in, those in a configuration file to
              its own directory; a script is also looked for in the working directory.
            - In a [configuration file](../guide/configuration.md) the key is the name without the dashes in front: `port = 8000`.
              Switches are `true` or `false`; what may be repeated is a list; what takes two words is a table.
            - An empty environment variable counts as one that is not set. A variable for an option that may be repeated
              holds a list separated by colons (`ADDERGATE_TRUST_PROXY` by commas, those of targets by blanks); where the option
              takes two words, each item is `NAME=VALUE`.


            """);
        foreach (var group in Enum.GetValues<SettingGroup>())
        {
            page.Append("## ").Append(SettingGroups.Title(group)).Append("\n\n");
            foreach (var setting in AllSettings.List.Where(setting => setting.Group == group))
            {
                Section(page, setting);
            }
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Section(StringBuilder page, Setting setting)
    {
        page.Append("### `").Append(setting.Option).Append("`\n\n");
        page.Append(setting.Help).Append(".\n\n");
        page.Append("| | |\n|---|---|\n");
        Row("Value", setting.Form switch
        {
            SettingForm.Flag => "none on the command line; elsewhere " + setting.Syntax,
            SettingForm.OptionalValue => "optional, after `=`: " + setting.Syntax,
            SettingForm.Repeated => setting.Syntax + "; may be repeated",
            SettingForm.RepeatedPair => setting.Syntax + "; two words, may be repeated",
            _ => setting.Syntax,
        });
        if (setting.OtherName is { } other)
        {
            Row("Also", $"`--{other}`");
        }

        Row("Default", setting.DefaultText ?? "none");
        Row("Environment", setting.PlatformVariable is { } platform
            ? $"`{setting.Variable}`, then `{platform}`"
            : $"`{setting.Variable}`");
        Row("Origin", setting.Provenance);
        page.Append('\n');

        void Row(string name, string text) => page.Append(
            $"| {name} | {text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)} |\n");
    }
}
