using System.Text;
using Addergate.Cli.Generated;
using Addergate.Cli.Terminals;
using Addergate.Settings.Model;
using Addergate.Settings.Reference;

namespace Addergate.Cli.Setup;

/// <summary>Says what was set up, and what to type next.</summary>
internal static class SetupReport
{
    private const int NameWidth = 16;

    internal static string Write(
        ServerSettings settings,
        SetupPlace place,
        IReadOnlyList<(GeneratedFile File, FileOutcome Outcome)> outcomes,
        TextStyle style)
    {
        var text = new StringBuilder();
        text.Append(style.Heading("Set up:")).Append('\n').Append(OutcomeReport.Write(outcomes, style)).Append('\n');
        foreach (var (name, value) in Rows(settings, place))
        {
            text.Append("  ").Append(style.Faint(name.PadRight(NameWidth))).Append(TerminalText.Clean(value)).Append('\n');
        }

        text.Append('\n').Append(style.Heading("Next:")).Append('\n');
        text.Append($"  {TerminalText.Clean(ShellText.Word(place.ControlScript))} start\n");
        if (place.Directory.StartsWith("/tmp/", StringComparison.Ordinal))
        {
            text.Append($"\n{style.Warning("/tmp is emptied when the machine starts:")} for a server that is to last, ")
                .Append("name another directory with --server-root.\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Rows(ServerSettings settings, SetupPlace place)
    {
        var host = settings.Listen.Host switch
        {
            "127.0.0.1" or "0.0.0.0" or "::" or "::1" => "localhost",
            var address when address.Contains(':') => $"[{address}]",
            var address => address,
        };
        yield return ("URL", settings.Listen.UnixSocket() is null ? $"http://{host}:{settings.Listen.Port}/" : settings.Listen.Host);
        if (settings.Listen.HttpsPort is { } secure)
        {
            yield return ("URL (HTTPS)", $"https://{settings.Names.ServerName ?? host}:{secure}/");
        }

        yield return ("Server root", place.State);
        yield return ("Error log", Place(settings.Logs.ErrorSystemLog, settings.Logs.ErrorLog, place));
        if (settings.Logs.AccessLogEnabled)
        {
            yield return ("Access log", Place(settings.Logs.AccessSystemLog, settings.Logs.AccessLog, place));
        }

        yield return ("Console", place.ConsoleLog);
        yield return ("Process id", place.PidFile);
    }
    private static string Place(SystemLog? log, string? file, SetupPlace place) =>
        log is null ? file ?? place.ConsoleLog : log.Kind == SystemLogKind.Syslog ? "syslog" : "the journal";
}
