using System.Text.Json;
using Addergate.Cli.Administration;
using Addergate.Cli.Terminals;
using Addergate.Wire.Administration;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate status [--json]</c>: how the running servers are.</summary>
internal static class StatusCommand
{
    private const string Json = "--json";

    private static readonly AdminUsage Usage = new(
        "status",
        "status",
        "Shows the servers that run here: their processes, what they do and what waits.",
        (Json, "print an array with one JSON object for each server"));

    internal static int Run(string[] arguments) => AdminCommandLine.Run(Usage, arguments, [Json], 0, Show);

    private static int Show(ServerChoice choice)
    {
        var servers = ServerFinder.FindAll(choice, out var reason);
        if (servers.Count == 0)
        {
            AdminCommandLine.Complain(reason);
            return ExitStatus.Failure;
        }

        StandardStream.Output.Write(choice.Flags.Contains(Json)
            ? JsonSerializer.Serialize([.. servers], AdminJson.Indented.ServerSnapshotArray) + "\n"
            : string.Join('\n', servers.Select(server => StatusScreen.Write(server, StandardStream.Output.Style))));
        return ExitStatus.Success;
    }
}
