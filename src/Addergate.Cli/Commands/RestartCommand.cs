using Addergate.Cli.Administration;
using Addergate.Cli.Terminals;
using Addergate.Wire.Administration;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate restart</c>: ends everything but the ports, and starts again in the same process.</summary>
internal static class RestartCommand
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private static readonly AdminUsage Usage = new(
        "restart",
        "restart",
        """
        Finishes what runs, ends, and starts the program again with the same command line in
        the same process: settings, program and certificates are read anew. New connections
        wait meanwhile; none is refused. Returns when the server serves again. Unlike upgrade
        it needs no memory for two servers; but when the server cannot start again, there is
        none any more.
        """);

    internal static int Run(string[] arguments) => AdminCommandLine.Run(Usage, arguments, [], 0, Restart);

    private static int Restart(ServerChoice choice)
    {
        var server = ServerFinder.FindOne(choice, out var reason);
        using var client = server is null ? null : AdminClient.Connect(server.ServerRoot, out reason);
        if (client is null)
        {
            AdminCommandLine.Complain(reason);
            return ExitStatus.Failure;
        }

        // The connection ends with the program, whose process goes on.
        client.Send(new AdminRequest(AdminCommand.Restart));
        while (client.Receive() is { } reply)
        {
            if (reply.Outcome == AdminOutcome.Failed)
            {
                AdminCommandLine.Complain(TerminalText.Clean(reply.Text));
                return ExitStatus.Failure;
            }
        }

        return WaitUntilServing(server!);
    }

    private static int WaitUntilServing(ServerSnapshot server)
    {
        var again = ServerChoice.Of(server.ServerRoot);
        while (Directory.Exists($"/proc/{server.Processes[0].ProcessId}"))
        {
            if (ServerFinder.FindOne(again, out _) is { State: "serving" })
            {
                StandardStream.Output.Write("Restarted.\n");
                return ExitStatus.Success;
            }

            Thread.Sleep(Step);
        }

        AdminCommandLine.Complain("the server could not start again; it said why on standard error or in its error log");
        return ExitStatus.Failure;
    }
}
