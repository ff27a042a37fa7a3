using Addergate.Cli.Administration;
using Addergate.Wire.Administration;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate reload</c>: loads the application anew, and waits until it is known how that went.</summary>
internal static class ReloadCommand
{
    private static readonly AdminUsage Usage = new(
        "reload",
        "reload",
        """
        Loads the application anew in new workers beside the old ones, and puts them in
        force when all of them are ready. No request is lost. When the application cannot
        be loaded, its traceback is printed, the exit status is 1, and the workers from
        before go on serving.
        """);

    internal static int Run(string[] arguments) => AdminCommandLine.Run(Usage, arguments, [], 0, choice =>
        AdminCommandLine.Ask(choice, new AdminRequest(AdminCommand.Reload), reply => $"Reloaded: {reply.Text}."));
}
