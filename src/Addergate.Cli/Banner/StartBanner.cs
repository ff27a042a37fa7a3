using System.Globalization;
using System.Text;
using Addergate.Cli.Certificates;
using Addergate.Cli.Interpreters;
using Addergate.Settings.Model;
using Addergate.Settings.Reference;
using Addergate.Supervisor;

namespace Addergate.Cli.Banner;

/// <summary>What a server that has just become ready says about itself.</summary>
/// <param name="settings">What is in force.</param>
/// <param name="interpreters">Who runs each application; null where there is none.</param>
/// <param name="configuration">The path of the configuration file, or null without one.</param>
/// <param name="style">Colours or none.</param>
internal sealed class StartBanner(
    ServerSettings settings, IReadOnlyList<Interpreter?> interpreters, string? configuration, TextStyle style)
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

        if (server.TelemetryUrl is { } page)
        {
            Row(text, "Telemetry", style.Strong(page) + "  " + style.Faint("on this machine only"));
        }

        if (settings.Listen.Tls.DevelopmentNames.Count > 0)
        {
            Row(text, "Certificate", style.Warning("for development, signed by nobody: browsers warn of it") + "  "
                + DevelopmentCertificate.PublicFile(settings.Listen.Tls));
        }

        if (settings.Applications.Count > 1)
        {
            Applications(text);
        }
        else
        {
            Row(text, "Application", Application(settings.Main.Application));
            if (interpreters[0] is { } python)
            {
                Row(text, "Python", $"{python.Version}  {python.Executable}  {style.Faint(settings.Main.Python.Source)}");
            }
        }

        if (configuration is not null)
        {
            Row(text, "Configuration", configuration);
        }

        if (settings.Applications.Count == 1 && settings.Main.Application.NeedsWorkers)
        {
            Row(text, "Capacity", Capacity(settings.Main.Workers));
        }

        Row(text, "Processes", $"supervisor {Number(server.SupervisorProcess)}, front end {Number(server.FrontEndProcess)}"
            + (server.WorkerProcesses.Count == 0 ? "" : server.WorkerProcesses.Count == 1 ? ", worker " : ", workers ")
            + string.Join(" ", server.WorkerProcesses.Select(Number)));
        if (settings.Development.DebugMode)
        {
            Row(text, "Mode", $"debug{(settings.Development.Debugger ? ", with pdb" : "")}: this terminal is the application's");
        }

        Directory("Coverage", settings.Development.CoverageDirectory);
        Directory("Profiler", settings.Development.ProfilerDirectory);
        Directory("Recorder", settings.Development.RecorderDirectory);
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

        Row(text, "Error log", Target(settings.Logs.ErrorSystemLog, settings.Logs.ErrorLog, "standard error")
            + style.Faint($"  level {settings.Logs.Level.ToString().ToLowerInvariant()}"));
        Row(text, "Access log", settings.Logs.AccessLogEnabled
            ? Target(settings.Logs.AccessSystemLog, settings.Logs.AccessLog, "standard output")
                + style.Faint("  " + settings.Logs.AccessLogFormat)
            : "off");
        Row(text, "Server root", settings.ServerRoot);
        var ready = server.StartTime is { TotalSeconds: var seconds }
            ? string.Create(CultureInfo.InvariantCulture, $"Ready in {seconds:0.00} s.")
            : "Ready.";
        text.Append(style.Name(ready)).Append(isTerminal ? " Press Ctrl-C to stop.\n\n" : "\n\n");
        return text.ToString();

        void Directory(string name, string? directory)
        {
            if (directory is not null)
            {
                Row(text, name, directory);
            }
        }
    }

    private string Application(ApplicationSettings application) => application.Type switch
    {
        ApplicationType.Welcome => "the welcome page: name an ENTRY to serve your own",
        ApplicationType.Static => $"none, the files in {application.Entry}",
        ApplicationType.Paste => $"{application.Entry}  {style.Faint("PasteDeploy")}",
        ApplicationType.Script => $"{application.Entry}  {style.Faint(application.Callable)}",
        _ => $"{application.Entry}:{application.Callable}  " + style.Faint("in " + application.WorkingDirectory),
    };

    private void Applications(StringBuilder text)
    {
        for (var index = 0; index < settings.Applications.Count; index++)
        {
            var hosted = settings.Applications[index];
            Row(text, "Application", $"{style.Strong(hosted.Name)}  {Application(hosted.Application)}");
            if (hosted.Hosts.Count > 0)
            {
                Row(text, "", style.Faint("for " + string.Join(", ", hosted.Hosts)));
            }

            var user = hosted.Identity is { UserName: { } name, UserId: not 0 } ? style.Faint($"  as {name}") : "";
            Row(text, "", $"Python {interpreters[index]?.Version}  {interpreters[index]?.Executable}{user}");
            Row(text, "", Capacity(hosted.Workers));
        }
    }

    private static string Capacity(WorkerSettings workers)
    {
        var (processes, threads) = (workers.Processes, workers.Threads);
        var slots = processes * threads;
        return $"{Count(processes, "process", "processes")} × {Count(threads, "thread", "threads")} = "
            + $"{Count(slots, "request", "requests")} at once";
    }

    private static string Count(int number, string one, string many) => $"{Number(number)} {(number == 1 ? one : many)}";

    private static string Target(SystemLog? log, string? path, string terminal) => log is null
        ? path ?? terminal
        : $"{(log.Kind == SystemLogKind.Syslog ? "syslog" : "the journal")}, as {log.Tag}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Row(StringBuilder text, string name, string value) =>
        text.Append("  ").Append(style.Faint(name.PadRight(NameWidth))).Append(value).Append('\n');
}
