using Addergate.Cli.Administration;
using Addergate.Wire.Administration;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate reopen-logs</c>: for logrotate, after it has moved the files.</summary>
internal static class ReopenLogsCommand
{
    private static readonly AdminUsage Usage = new(
        "reopen-logs",
        "reopen-logs",
        """
        Opens the log files anew, after they were moved away. Made for logrotate:

            postrotate
                addergate reopen-logs --server-root /run/mysite
            endscript
        """);

    internal static int Run(string[] arguments) => AdminCommandLine.Run(Usage, arguments, [], 0, choice =>
        AdminCommandLine.Ask(
            choice, new AdminRequest(AdminCommand.ReopenLogs), _ => "The log files were opened anew."));
}
