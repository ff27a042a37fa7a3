using System.Text;
using Addergate.Settings.Declarations;

namespace Addergate.Settings.Reference;

/// <summary>The page <c>docs/reference/options.md</c>: every option at a glance, beside its counterpart of
/// mod_wsgi-express, made from the declarations.</summary>
public static class OptionTable
{
    private const string Express = "mod_wsgi-express ";
    private const string Own = "Addergate's own";

    public static string Write()
    {
        var page = new StringBuilder(
            """
            # Options

            <!-- Made by `addergate _reference docs/reference`. A test fails when it is out of date. -->

            Every option of `addergate start-server` beside its counterpart of mod_wsgi-express. [Settings](settings.md) says
            what each one means, and names its environment variable.


            """);
        foreach (var group in Enum.GetValues<SettingGroup>())
        {
            page.Append("## ").Append(SettingGroups.Title(group)).Append("\n\n");
            page.Append("| Addergate | default | mod_wsgi-express | what differs |\n|---|---|---|---|\n");
            foreach (var setting in AllSettings.List.Where(setting => setting.Group == group))
            {
                var (counterpart, difference) = Counterpart(setting);
                page.Append($"| [`{setting.Option}`](settings.md#{setting.Option}) | {Cell(setting.DefaultText ?? "none")} | ");
                page.Append($"{counterpart} | {Cell(setting.Notice ?? difference)} |\n");
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>What a provenance says: the option there, and what is said behind it.</summary>
    private static (string Option, string Difference) Counterpart(Setting setting)
    {
        var text = setting.Provenance;
        if (text.StartsWith(Own, StringComparison.Ordinal))
        {
            return ("–", text[Own.Length..].TrimStart(':', ';', ',', ' '));
        }

        if (!text.StartsWith(Express + "--", StringComparison.Ordinal))
        {
            return ("", text);
        }

        var rest = text[Express.Length..];
        var end = rest.AsSpan().IndexOfAny(" ;,(");
        return end < 0 ? ($"`{rest}`", "") : ($"`{rest[..end]}`", Bare(rest[end..]));
    }

    private static string Bare(string text)
    {
        var bare = text.TrimStart(' ', ';', ',');
        return bare is ['(', .. var inner, ')'] ? inner : bare;
    }

    private static string Cell(string text) => text
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal);
}
