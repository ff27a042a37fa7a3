using Addergate.Cli.Administration;
using Addergate.Wire.Administration;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate upgrade</c>: a new server takes the place of the running one.</summary>
internal static class UpgradeCommand
{
    private static readonly AdminUsage Usage = new(
        "upgrade",
        "upgrade",
        """
        Starts the program as it is on disk now, with the same command line, beside the
        running server. When the new one serves, it has the ports, and the old one finishes
        what it runs and ends. No connection is refused. When the new one cannot start, its
        reason is printed, the exit status is 1, and the old one goes on serving.
        """);

    internal static int Run(string[] arguments) => AdminCommandLine.Run(Usage, arguments, [], 0, choice =>
        AdminCommandLine.Ask(choice, new AdminRequest(AdminCommand.Upgrade), reply => $"Upgraded: {reply.Text}."));
}
