using System.Globalization;
using System.Text;
using Addergate.Cli.Interpreters;
using Addergate.Settings.Model;
using Addergate.Settings.Reference;
using Addergate.Supervisor;

namespace Addergate.Cli.Banner;

/// <summary>What a server that has just become ready says about itself.</summary>
/// <param name="settings">What is in force.</param>
/// <param name="interpreter">Who runs the application; null where there is none.</param>
/// <param name="configuration">The path of the configuration file, or null without one.</param>
/// <param name="style">Colours or none.</param>
internal sealed class StartBanner(ServerSettings settings, Interpreter? interpreter, string? configuration, TextStyle style)
{
    private const int NameWidth = 15;

    internal string Write(StartedServer server, bool isTerminal, bool isRoot)
    {
        var text = new StringBuilder();
        text.Append('\n').Append(style.Heading($"Addergate {ProductVersion.Text}")).Append('\n');
        foreach (var served in server.Urls)
        {
            var note = served.IsSecure ? "HTTP/2 and HTTP/1.1"
                : served.IsPassed ? "a socket that the server was started with"
                : settings.Listen.HostReason;
            Row(text, "URL", style.Strong(served.Url) + "  " + style.Faint(note));
        }

        Row(text, "Application", Application());
        if (interpreter is not null)
        {
            Row(text, "Python", $"{interpreter.Version}  {interpreter.Executable}  {style.Faint(settings.Python.Source)}");
        }

        if (configuration is not null)
        {
            Row(text, "Configuration", configuration);
        }

        if (settings.Application.NeedsWorkers)
        {
            Row(text, "Capacity", Capacity());
        }

        Row(text, "Processes", $"supervisor {Number(server.SupervisorProcess)}, front end {Number(server.FrontEndProcess)}"
            + (server.WorkerProcesses.Count == 0 ? "" : server.WorkerProcesses.Count == 1 ? ", worker " : ", workers ")
            + string.Join(" ", server.WorkerProcesses.Select(Number)));
        if (settings.Services.Count > 0)
        {
            Row(text, "Services", string.Join(", ", settings.Services.Select(static service => service.Name)));
        }

        if (settings.Identity is { UserName: { } user, UserId: not 0 })
        {
            Row(text, "Run as", $"{user}, group {settings.Identity.GroupName}");
        }
        else if (isRoot)
        {
            Row(text, "Run as", style.Warning("root"));
        }

        Row(text, "Error log", Target(settings.Logs.ErrorLog, "standard error")
            + style.Faint($"  level {settings.Logs.Level.ToString().ToLowerInvariant()}"));
        Row(text, "Access log", settings.Logs.AccessLogEnabled
            ? Target(settings.Logs.AccessLog, "standard output")
                + style.Faint("  " + settings.Logs.AccessLogFormat)
            : "off");
        Row(text, "Server root", settings.ServerRoot);
        var ready = server.StartTime is { TotalSeconds: var seconds }
            ? string.Create(CultureInfo.InvariantCulture, $"Ready in {seconds:0.00} s.")
            : "Ready.";
        text.Append(style.Name(ready)).Append(isTerminal ? " Press Ctrl-C to stop.\n\n" : "\n\n");
        return text.ToString();
    }

    private string Application() => settings.Application.Type switch
    {
        ApplicationType.Welcome => "the welcome page: name an ENTRY to serve your own",
        ApplicationType.Static => $"none, the files in {settings.Application.Entry}",
        ApplicationType.Paste => $"{settings.Application.Entry}  {style.Faint("PasteDeploy")}",
        ApplicationType.Script => $"{settings.Application.Entry}  {style.Faint(settings.Application.Callable)}",
        _ => $"{settings.Application.Entry}:{settings.Application.Callable}  "
            + style.Faint("in " + settings.Application.WorkingDirectory),
    };

    private string Capacity()
    {
        var (processes, threads) = (settings.Workers.Processes, settings.Workers.Threads);
        var slots = processes * threads;
        return $"{Count(processes, "process", "processes")} × {Count(threads, "thread", "threads")} = "
            + $"{Count(slots, "request", "requests")} at once";
    }

    private static string Count(int number, string one, string many) => $"{Number(number)} {(number == 1 ? one : many)}";

    private string Target(string? path, string terminal) => path ?? terminal;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Row(StringBuilder text, string name, string value) =>
        text.Append("  ").Append(style.Faint(name.PadRight(NameWidth))).Append(value).Append('\n');
}
