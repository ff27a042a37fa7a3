using System.Globalization;
using System.Text;
using Addergate.Cli.Terminals;
using Addergate.Settings.Reference;
using Addergate.Wire.Administration;

namespace Addergate.Cli.Administration;

/// <summary>A server's snapshot for people: a few lines about the whole, then a table of its processes.</summary>
internal static class StatusScreen
{
    private const int NameWidth = 13;

    internal static string Write(ServerSnapshot server, TextStyle style)
    {
        var text = new StringBuilder();
        text.Append(style.Heading($"Addergate {Clean(server.Version)}")).Append("  ")
            .Append(State(server.State, style)).Append('\n');
        if (server.Applications.Count == 1)
        {
            Row("Application", style.Strong(Clean(server.Application)));
        }

        Row("URL", Clean(string.Join("  ", server.Urls)));
        if (server.TelemetryUrl is { } page)
        {
            Row("Telemetry", Clean(page));
        }

        Row("Requests", Requests(server, style));
        Row("Workers", Workers(server, style));
        Row("Server root", Clean(server.ServerRoot));
        if (server.Applications.Count > 1)
        {
            text.Append('\n').Append(Applications(server, style));
        }

        return text.Append('\n').Append(Processes(server, style)).ToString();

        void Row(string name, string value) =>
            text.Append("  ").Append(style.Faint(name.PadRight(NameWidth))).Append(value).Append('\n');
    }

    private static string Requests(ServerSnapshot server, TextStyle style)
    {
        var parts = new List<string>
        {
            $"{Quantities.Count(server.Running)} running of {Quantities.Count(server.Capacity)}",
            server.Waiting == 0
                ? "none waiting"
                : style.Warning($"{Quantities.Count(server.Waiting)} waiting for up to "
                    + Quantities.Age(server.OldestWaitSeconds)),
            $"{Quantities.Count(server.Completed)} answered",
        };
        if (server.Refused > 0)
        {
            parts.Add(style.Error($"{Quantities.Count(server.Refused)} refused (503)"));
        }

        if (server.TimedOut > 0)
        {
            parts.Add(style.Error($"{Quantities.Count(server.TimedOut)} timed out (504)"));
        }

        return string.Join(", ", parts);
    }

    private static string Applications(ServerSnapshot server, TextStyle style)
    {
        var table = new TextTable(
            style, "APPLICATION", "ENTRY", "MOUNT", "HOSTS", "STATE", ">GENERATION", ">RUNNING", ">WAITING");
        foreach (var application in server.Applications)
        {
            var state = application.Failure is not null ? "not loaded" : application.Reloading ? "reloading" : "ready";
            table.Add(
                (Clean(application.Name), style.Strong),
                (Clean(application.Entry), null),
                (Clean(application.MountPoint), null),
                (Clean(application.Hosts.Count == 0 ? "any" : string.Join(" ", application.Hosts)), null),
                (state, text => application.Failure is null ? State(text, style) : style.Error(text)),
                (Text(application.Generation), null),
                ($"{Text(application.Running)}/{Text(application.Capacity)}", null),
                (Text(application.Waiting), application.Waiting > 0 ? style.Warning : null));
        }

        return table.Write("  ");
    }

    private static string Workers(ServerSnapshot server, TextStyle style)
    {
        var text = new StringBuilder(
            server.Applications.Count == 1 ? $"generation {server.Generation}" : $"of {server.Applications.Count} applications");
        if (server.Reloading)
        {
            text.Append(", ").Append(style.Warning("reloading"));
        }

        if (server.Recycled.Count > 0)
        {
            text.Append("; recycled: ").Append(string.Join(", ", server.Recycled.OrderBy(pair => pair.Key).Select(pair =>
                $"{Quantities.Count(pair.Value)} × {Clean(pair.Key)}")));
        }

        return text.ToString();
    }

    private static string Processes(ServerSnapshot server, TextStyle style)
    {
        var table = new TextTable(
            style, "PROCESS", ">PID", "STATE", ">AGE", ">MEMORY", ">GENERATION", ">ANSWERED", ">RUNNING", ">IDLE");
        foreach (var process in server.Processes)
        {
            var isOld = process.Generation is { } generation && server.Applications.All(one => one.Generation != generation);
            table.Add(
                (Clean(ProcessName(process)), style.Strong),
                (process.ProcessId == 0 ? "" : Text(process.ProcessId), null),
                (Clean(process.State), text => State(text, style)),
                (Quantities.Age(process.AgeSeconds), null),
                (process.MemoryBytes is { } bytes ? Quantities.Memory(bytes) : "", null),
                (process.Generation is { } number ? Text(number) : "", isOld ? style.Faint : null),
                (process.Completed is { } completed ? Quantities.Count(completed) : "", null),
                (process.Running is { } running ? $"{Text(running)}/{Text(process.Threads ?? 0)}" : "",
                    process.Running >= process.Threads ? style.Warning : null),
                (process.IdleSeconds is { } idle && process.Running == 0 ? Quantities.Age(idle) : "", null));
        }

        return table.Write("  ");
    }

    private static string ProcessName(ProcessSnapshot process) =>
        process.Number is { } number
            ? $"{process.Role} {number}{(process.Name is { } application ? $" of {application}" : "")}"
            : $"{process.Role} {process.Name}".TrimEnd();

    private static string State(string state, TextStyle style) => state switch
    {
        "ready" or "serving" or "running" => style.Name(state),
        _ => style.Warning(state),
    };

    private static string Clean(string text) => TerminalText.Clean(text);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
