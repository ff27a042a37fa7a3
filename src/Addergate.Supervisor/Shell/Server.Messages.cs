using Addergate.Supervisor.Fleets;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Shell;

/// <summary>What children say on their control sockets.</summary>
internal sealed partial class Server
{
    private void OnMessage(Child child, ControlMessage message)
    {
        switch (message)
        {
            case SignalMessage { Kind: ControlKind.Ready }:
                _fleet.OnReady(child);
                break;
            case TextMessage { Kind: ControlKind.Failed } failed:
                SourcesOf(child)?.AddFailed(failed.Text);
                _fleet.OnFailed(child, failed.Text);
                break;
            case ForkedMessage forked when child is { Role: ChildRole.Worker, ProcessId: 0 }:
                OnForked(child, forked.ProcessId);
                break;
            case SignalMessage { Kind: ControlKind.Evict } when child.Role == ChildRole.Worker:
                _fleet.Evict(child.ProcessId);
                break;
            case TextMessage { Kind: ControlKind.Sources } sources when child.Role == ChildRole.Worker:
                SourcesOf(child)?.AddImported(sources.Text.Split('\n'));
                break;
            case SignalMessage { Kind: ControlKind.AskStatus } when child.Role == ChildRole.Worker:
                OnQuestion(_handles.GetValueOrDefault(child), child.ProcessId, child.Pool!.Index);
                break;
            case SignalMessage { Kind: ControlKind.Pong }:
                _fleet.OnAnswer(child);
                break;
            case not null when child.Role == ChildRole.FrontEnd && TakeReport(child, message):
                break;
            default:
                OnBroken(child);
                break;
        }
    }

    /// <summary>What only the front end has to say. False for anything else.</summary>
    private bool TakeReport(Child frontEnd, ControlMessage message)
    {
        switch (message)
        {
            case WorkerMessage { Kind: ControlKind.Retired } retired:
                if (_fleet.Worker(retired.Number) is { } worker)
                {
                    _fleet.OnIdle(worker);
                }

                return true;
            case WorkerMessage { Kind: ControlKind.WornOut } worn:
                _fleet.OnWornOut(worn.Number);
                return true;
            case WorkerMessage { Kind: ControlKind.Stuck } stuck:
                _fleet.OnStuck(stuck.Number);
                return true;
            case RequestMessage { Kind: ControlKind.Overdue } overdue:
                _fleet.OnOverdueRequest(overdue);
                return true;
            case RequestMessage { Kind: ControlKind.Slow } slow:
                _fleet.OnSlowRequest(slow);
                return true;
            case SignalMessage { Kind: ControlKind.AskStatus }:
                Send(frontEnd, new TextMessage(ControlKind.Status, Snapshot().ToJson()));
                return true;
            case ThreadsMessage threads:
                TellStatus((int)threads.ProcessId, threads.Json);
                return true;
            case LoadMessage load:
                _fleet.OnLoad(load);
                return true;
            case SignalMessage { Kind: ControlKind.Drained }:
                _fleet.OnIdle(frontEnd);
                return true;
            default:
                return false;
        }
    }

    private void OnBroken(Child child)
    {
        _parts.Logs.Write(LogLevelCode.Error, $"{child} sent a control message that makes no sense and is killed");
        ((IFleetShell)this).Kill(child);
    }
}
