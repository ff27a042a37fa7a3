using Addergate.Supervisor.Shell;
using Addergate.Wire.Administration;

namespace Addergate.Supervisor.Administration;

/// <summary>Carries out what clients of the control socket ask for. On the supervisor's loop.</summary>
internal sealed class AdminCommands(Server server)
{
    public void Run(AdminRequest request, AdminSession session)
    {
        switch (request.Command)
        {
            case AdminCommand.Status:
                session.Finish(new AdminReply(AdminOutcome.Done, "", server.Snapshot()));
                break;
            case AdminCommand.Reload:
                session.Tell("reloading");
                server.Reload(failure => session.Finish(
                    failure is null ? null : $"the reload failed, and nothing has changed: {failure}",
                    $"generation {server.Snapshot().Generation} is in force"));
                break;
            case AdminCommand.Stop:
                // The answer is the end of the connection, with the end of the process.
                session.Tell("stopping");
                server.Stop(request.Now);
                break;
            case AdminCommand.Upgrade:
                session.Tell("starting a new server beside the old one");
                server.Upgrade(failure => session.Finish(
                    failure is null ? null : $"the upgrade failed, and the server from before goes on: {failure}",
                    "the new server serves, and the old one finishes what it runs"));
                break;
            case AdminCommand.Restart:
                // The answer is the new server's.
                session.Tell("restarting");
                server.Restart(refusal => session.Finish(refusal, ""));
                break;
            case AdminCommand.Evict:
                session.Tell("replacing the worker");
                server.Evict(
                    request.ProcessId,
                    failure => session.Finish(failure, $"the worker with pid {request.ProcessId} was replaced"));
                break;
            case AdminCommand.ReopenLogs:
                server.ReopenLogs();
                session.Finish(null, "the log files were opened again");
                break;
            default:
                session.Finish("the server does not know this command", "");
                break;
        }
    }
}
