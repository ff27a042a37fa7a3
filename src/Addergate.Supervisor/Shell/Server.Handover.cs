using Addergate.Supervisor.Administration;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Handover;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Shell;

/// <summary>One server after another, without a client noticing: an upgrade, a restart. On the loop.</summary>
internal sealed partial class Server
{
    private Successor? _successor;

    /// <summary>Whether this process is to become the program anew once the last child has ended.</summary>
    public bool Restarts { get; private set; }

    /// <summary>Whether another server has taken this one's place.</summary>
    public bool IsSucceeded { get; private set; }

    /// <summary>Whether this process was another server before.</summary>
    private bool IsRestarted =>
        _parts.Predecessor is null && _parts.Plan.Environment.ContainsKey(HandoverVariables.Sockets);

    /// <summary>Another server has these ports, or will have them.</summary>
    private bool PortsLiveOn =>
        _parts.Manager.KeepsSockets
        || _parts.Endpoints.Ports.Sockets.All(static port =>
            port.Use == ListenerUse.Telemetry || !Endpoints.PortNames.IsOurs(port.Name));

    /// <summary>Starts the program as it is on disk now beside this one, and leaves everything to it when it serves.
    /// </summary>
    /// <param name="ended">Told null when the new server serves, or why it does not.</param>
    public void Upgrade(Action<string?> ended)
    {
        if (Refusal("upgrade") is { } refusal)
        {
            ended(refusal);
        }
        else if (Environment.ProcessId == 1)
        {
            ended("this server is process 1: its container would end with it. Use addergate restart.");
        }
        else
        {
            _parts.Logs.Notice("upgrading: a new server starts beside this one");
            _successor = Successor.Start(
                _parts.Plan, _parts.Endpoints.Ports, $"{WorkerLimits.OpenFiles(_parts.Plan.Environment)}", out var reason);
            if (_successor is null)
            {
                ended(reason);
            }
            else
            {
                _ = AwaitSuccessorAsync(_successor, ended);
            }
        }
    }

    /// <summary>Ends everything but the ports, and becomes the program anew with the same command line.</summary>
    /// <param name="refused">Told why it is not done.</param>
    public void Restart(Action<string> refused)
    {
        if (Refusal("restart") is { } refusal)
        {
            refused(refusal);
            return;
        }

        _parts.Logs.Notice("restarting: new connections wait meanwhile");
        _parts.Manager.Reloading();
        Restarts = true;
        _fleet.OnTerminate(portsLiveOn: true);
    }

    private string? Refusal(string what) =>
        _fleet.Phase != FleetPhase.Serving ? $"the server is not serving, so there is no {what}"
        : _successor is not null ? "an upgrade is under way"
        : null;

    private async Task AwaitSuccessorAsync(Successor successor, Action<string?> ended)
    {
        var failure = await successor.WhenReadyAsync().ConfigureAwait(false);
        _loop.Post(() =>
        {
            if (failure is null && _fleet.Phase == FleetPhase.Serving)
            {
                LeaveTo(successor);
                ended(null);
                return;
            }

            failure ??= "the server was told to stop";
            successor.Terminate();
            successor.Dispose();
            _successor = null;
            _parts.Logs.Write(LogLevelCode.Error, $"the upgrade failed, and this server goes on: {failure}");
            ended(failure);
        });
    }

    private void LeaveTo(Successor successor)
    {
        _parts.Logs.Notice($"upgraded: the server with pid {successor.ProcessId} serves from now on");
        _parts.Manager.GiveTo(successor.ProcessId);
        IsSucceeded = true;
        _parts.Marks.Close();
        // Those of the new server start now, and some can only be there once.
        _services.Stop();
        successor.LetTakeOver();
        _fleet.OnTerminate(portsLiveOn: true);
    }

    /// <summary>Clients are answered. The server before this one, if there is one, lets go first.</summary>
    private async Task TakeOverAsync(Predecessor predecessor)
    {
        await predecessor.TakeOverAsync().ConfigureAwait(false);
        _loop.Post(() =>
        {
            if (_parts.Marks.Open() is { } reason)
            {
                _parts.Logs.Write(LogLevelCode.Error, reason);
            }

            TakeCommands();
            BeginNotifying();
            if (_fleet.Phase == FleetPhase.Serving)
            {
                _services.Begin();
            }
        });
    }

    /// <summary>Takes commands from the control socket from now on.</summary>
    public void TakeCommands()
    {
        var commands = new AdminCommands(this);
        _parts.Marks.Listen((request, session) => _loop.Post(() => commands.Run(request, session)));
    }

    /// <summary>Ends the server: the first time in good order, the second time at once.</summary>
    private void Terminate()
    {
        StayEnded();
        if (_fleet.Phase < FleetPhase.Draining)
        {
            _fleet.OnTerminate(PortsLiveOn);
        }
        else
        {
            Quit();
        }
    }

    /// <summary>Ends the server at once.</summary>
    private void Quit()
    {
        _services.Kill();
        _fleet.OnQuit();
        _leftBehind.KillAll();
    }

    /// <summary>The end that was asked for is not the beginning of another server.</summary>
    private void StayEnded()
    {
        if (Restarts)
        {
            Restarts = false;
            ((IFleetShell)this).ClosePorts();
        }

        // One that takes over already is on its own.
        if (_fleet.Phase == FleetPhase.Serving)
        {
            _successor?.Terminate();
        }
    }
}
