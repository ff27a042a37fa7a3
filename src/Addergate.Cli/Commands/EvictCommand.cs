using System.Globalization;
using Addergate.Cli.Administration;
using Addergate.Wire.Administration;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate evict PID</c>: replaces one worker, and waits until it has ended.</summary>
internal static class EvictCommand
{
    private static readonly AdminUsage Usage = new(
        "evict",
        "evict PID",
        """
        Replaces the worker with this process id: another is started and takes its place when
        it is ready, then the old one finishes what it runs and ends. addergate status shows
        the process ids.
        """);

    internal static int Run(string[] arguments) => AdminCommandLine.Run(Usage, arguments, [], 1, choice =>
    {
        if (!int.TryParse(choice.Words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            AdminCommandLine.Complain($"\"{choice.Words[0]}\" is no process id; addergate status shows them");
            return ExitStatus.Usage;
        }

        return AdminCommandLine.Ask(
            choice, new AdminRequest(AdminCommand.Evict, id), reply => $"Evicted: {reply.Text}.");
    });
}
