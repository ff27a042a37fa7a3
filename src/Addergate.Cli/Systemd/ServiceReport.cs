using System.Text;
using Addergate.Cli.Generated;
using Addergate.Cli.Setup;
using Addergate.Cli.Terminals;
using Addergate.Settings.Reference;

namespace Addergate.Cli.Systemd;

/// <summary>Says what was installed, what systemd thinks of it, and what to type next.</summary>
internal static class ServiceReport
{
    internal static string Write(
        ServicePlan plan,
        ServiceFolders folders,
        IReadOnlyList<(GeneratedFile File, FileOutcome Outcome)> outcomes,
        UnitCheck check,
        TextStyle style)
    {
        var text = new StringBuilder();
        text.Append(style.Heading($"Service {plan.Name}:")).Append(' ').Append(TerminalText.Clean(plan.Application));
        text.Append($" as {plan.User}");
        text.Append(plan.RootReason is null ? "\n" : $", with a supervisor that is root because {plan.RootReason}\n");
        text.Append(OutcomeReport.Write(outcomes, style));
        text.Append('\n').Append(style.Heading("Checked:")).Append('\n');
        Check(text, check, style);
        text.Append('\n').Append(style.Heading("Next:")).Append('\n');
        if (!folders.IsSystem)
        {
            text.Append("  put the files where systemd looks for them, then there:\n");
        }

        var units = string.Join(' ', plan.SocketUnits.Append($"{plan.Name}.service"));
        var isNew = !folders.IsSystem || outcomes[0].Outcome == FileOutcome.Written;
        var hasNewSockets = !isNew && outcomes.Any(static outcome =>
            outcome.Outcome == FileOutcome.Written && outcome.File.Path.EndsWith(".socket", StringComparison.Ordinal));
        Commands(text, $"systemd-tmpfiles --create {plan.Name}.conf", "systemctl daemon-reload");
        if (hasNewSockets)
        {
            // The port is taken until then.
            Commands(text, $"systemctl stop {plan.Name}.service");
        }

        Commands(
            text,
            isNew || hasNewSockets ? $"systemctl enable --now {units}" : $"systemctl restart {plan.Name}",
            $"systemctl status {plan.Name}");
        if (!folders.IsSystem)
        {
            return text.ToString();
        }

        text.Append('\n').Append(style.Heading("To remove it:")).Append('\n');
        var files = outcomes.Select(static outcome => outcome.File.Path).Append(folders.Record(plan.Name));
        Commands(
            text,
            $"systemctl disable --now {units}",
            $"rm {string.Join(" \\\n     ", files.Select(static file => TerminalText.Clean(ShellText.Word(file))))}",
            "systemctl daemon-reload");
        return text.ToString();
    }

    private static void Check(StringBuilder text, UnitCheck check, TextStyle style)
    {
        if (check.Complaints is not { } complaints)
        {
            text.Append($"  {style.Warning("not at all:")} systemd-analyze is not installed here\n");
            return;
        }

        text.Append("  systemd-analyze verify    ");
        text.Append(complaints.Count == 0 ? style.Name("nothing to complain about") : style.Error("complains:")).Append('\n');
        foreach (var complaint in complaints)
        {
            text.Append($"    {TerminalText.Clean(complaint)}\n");
        }

        if (check.Exposure is { } exposure)
        {
            text.Append($"  systemd-analyze security  exposure {TerminalText.Clean(exposure)} (of 10; the less the better)\n");
        }
    }

    private static void Commands(StringBuilder text, params string[] commands)
    {
        foreach (var command in commands)
        {
            text.Append($"  {command}\n");
        }
    }
}
