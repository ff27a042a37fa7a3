using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Table;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Shell;

/// <summary>How the server is, for workers and services that ask. Their code is the application's, which may ask without end.
/// </summary>
internal sealed partial class Server
{
    private const string NoThreads = "[]";

    /// <param name="asker">Whose; null when it has ended.</param>
    /// <param name="processId">Its process.</param>
    /// <param name="application">Of whose requests it may know.</param>
    private void OnQuestion(ChildHandle? asker, int processId, ushort application)
    {
        if (_parts.Plan.Settings.Telemetry.TellsApplication && asker?.Questions.TryTake(_parts.Time) is { } delay)
        {
            Later(delay, () =>
            {
                asker.Questions.Begin(_parts.Time);
                AskThreads(processId, application);
            });
        }
    }

    /// <summary>First what the front end alone knows.</summary>
    private void AskThreads(int processId, ushort application)
    {
        var frontEnd = _fleet.Children.FirstOrDefault(static one =>
            one is { Role: ChildRole.FrontEnd, State: ChildState.Ready or ChildState.Draining });
        if (frontEnd is not null)
        {
            Send(frontEnd, new AskThreadsMessage((uint)processId, application));
        }
        else
        {
            TellStatus(processId, NoThreads);
        }
    }

    private void TellStatus(int processId, string threads)
    {
        var handle = _processes.TryGetValue(processId, out var child)
            ? _handles.GetValueOrDefault(child)
            : _serviceProcesses.TryGetValue(processId, out var service) ? _serviceHandles.GetValueOrDefault(service) : null;
        // Who asks and does not read must not pile up answers here.
        if (handle?.Control.IsBehind == false)
        {
            handle.Control.Send(new TextMessage(
                ControlKind.Status, $"{{\"server\":{Snapshot().ToJson()},\"threads\":{threads}}}"));
        }
    }
}
