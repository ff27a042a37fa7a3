using Addergate.Cli.Administration;
using Addergate.Wire.Administration;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate stop [--now]</c>: ends the server, and waits for its end.</summary>
internal static class StopCommand
{
    private const string Now = "--now";

    private static readonly AdminUsage Usage = new(
        "stop",
        "stop",
        """
        Ends the server and returns when it has ended. Requests that run are finished first,
        for as long as --graceful-timeout of the server allows.
        """,
        (Now, "end at once, and cut off what runs"));

    internal static int Run(string[] arguments) => AdminCommandLine.Run(Usage, arguments, [Now], 0, choice =>
        AdminCommandLine.Ask(
            choice,
            new AdminRequest(AdminCommand.Stop, Now: choice.Flags.Contains(Now)),
            _ => "Stopped.",
            endsServer: true));
}
