using System.ComponentModel;
using Addergate.Posix.Processes;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Logs;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Shell;

/// <summary>
/// Workers that are forked from a template (--preload). There is one for each generation, started with the first worker
/// that is wanted; one that has died is started again with the next. To the fleet it does not exist: what becomes of it
/// is told as the fate of the workers that wait for it.
/// </summary>
internal sealed partial class Server
{
    // Nobody knows how a worker ended that has not said who it is.
    private static readonly ExitStatus Unforked = new(1, 0, false);

    private readonly List<Template> _templates = [];

    /// <summary>Asks for a worker. Its pid comes with FORKED.</summary>
    private string? Fork(Child worker)
    {
        var generation = worker.Seat!.Generation;
        var template = _templates.Find(template => template.Generation == generation && template is { IsDropped: false, HasEnded: false });
        if (template is null)
        {
            if (StartTemplate(generation, out var reason) is not { } started)
            {
                return reason;
            }

            template = started;
        }

        ChildStreams streams;
        try
        {
            streams = ChildStreams.Create();
        }
        catch (Win32Exception error)
        {
            return $"cannot start a process: {error.Message}";
        }

        var lines = new LastLines();
        var control = new ControlChannel(
            streams.KeepControl(),
            message => _loop.Post(() => OnMessage(worker, message)),
            () => _loop.Post(() => OnBroken(worker)));
        _handles[worker] = new ChildHandle(control, lines);
        template.Fork(new PendingFork(worker, streams, lines));
        _ = WatchForkAsync(template, worker, control);
        return null;
    }

    private Template? StartTemplate(Generation generation, out string reason)
    {
        var started = _parts.Launcher.LaunchTemplate(generation, out reason);
        if (started is not { } parts)
        {
            return null;
        }

        Template? template = null;
        var control = new ControlChannel(
            parts.Control,
            message => _loop.Post(() => OnTemplateMessage(template!, message)),
            () => _loop.Post(() => template!.Drop()));
        template = new Template(generation, parts.ProcessId, control, parts.Forks);
        _templates.Add(template);
        control.Send(new TextMessage(
            ControlKind.Start,
            WorkerPlan.ForTemplate(generation, _parts.Plan, _parts.Endpoints.SlotPath, _parts.Endpoints.Port)));
        return template;
    }

    private void OnTemplateMessage(Template template, ControlMessage message)
    {
        switch (message)
        {
            case SignalMessage { Kind: ControlKind.Ready }:
                template.OnReady();
                break;
            case TextMessage { Kind: ControlKind.Failed } failed:
                _sources[template.Generation.Pool.Index].AddFailed(failed.Text);
                foreach (var pending in template.Pending.ToArray())
                {
                    _fleet.OnFailed(pending.Worker, failed.Text);
                }

                break;
            default:
                template.Drop();
                break;
        }
    }

    /// <summary>A worker says who it is. The application could say so too, so nothing but a child of ours that nobody
    /// else is will do: signals are sent there, by root perhaps.</summary>
    private void OnForked(Child worker, int processId)
    {
        var pending = _templates.Select(template => template.Take(worker)).FirstOrDefault(found => found is not null);
        if (pending is null)
        {
            OnBroken(worker);
            return;
        }

        using var streams = pending.Streams;
        if (_processes.ContainsKey(processId) || _templates.Exists(template => template.ProcessId == processId && !template.HasEnded)
            || !Reaper.IsChild(processId))
        {
            EndUnforked(worker, Unforked, $"; process {processId} is not its own or has ended");
            return;
        }

        worker.ProcessId = processId;
        _processes[processId] = worker;
        _parts.Launcher.Collect(worker, streams, pending.Lines);
        _fleet.OnForked(worker);
    }

    /// <summary>A control socket that ends before FORKED came: the template could not fork, or the worker ended at once.
    /// </summary>
    private async Task WatchForkAsync(Template template, Child worker, ControlChannel control)
    {
        await control.Drained.ConfigureAwait(false);
        _loop.Post(() =>
        {
            if (template.Take(worker) is { } pending)
            {
                pending.Streams.Dispose();
                EndUnforked(worker, Unforked, "; it could not be forked");
            }
        });
    }

    /// <summary>The template that this was, whose end is then told to the workers that wait for it; or null.</summary>
    private Template? TryReapTemplate(int processId, ExitStatus status)
    {
        var template = _templates.Find(template => template.ProcessId == processId && !template.HasEnded);
        if (template is not null)
        {
            template.HasEnded = true;
            _ = EndTemplateAsync(template, status);
        }

        return template;
    }

    private async Task EndTemplateAsync(Template template, ExitStatus status)
    {
        var read = Task.WhenAll(template.Control.Drained, _parts.Launcher.CatchUpAsync());
        await Task.WhenAny(read, Task.Delay(LastWords, _parts.Time)).ConfigureAwait(false);
        _loop.Post(() =>
        {
            _templates.Remove(template);
            if (template is { IsReady: true, IsDropped: false })
            {
                _parts.Logs.Write(
                    LogLevelCode.Error,
                    $"{template} {status}; the next worker to be started loads the application anew");
            }

            foreach (var pending in template.Pending.ToArray())
            {
                template.Take(pending.Worker);
                pending.Streams.Dispose();
                EndUnforked(pending.Worker, status, $"; it was the template, pid {template.ProcessId}");
            }

            template.Dispose();
        });
    }

    private void EndUnforked(Child worker, ExitStatus status, string cause)
    {
        if (_handles.Remove(worker, out var handle))
        {
            handle.Dispose();
        }

        _fleet.OnEnded(worker, status, cause);
        OnGone(worker);
    }

    /// <summary>A worker that has no process yet is killed with its template: all that wait there belong together.
    /// </summary>
    private void KillUnforked(Child worker)
    {
        foreach (var template in _templates)
        {
            if (template.Pending.Any(pending => pending.Worker == worker))
            {
                template.Drop();
            }
        }
    }

    /// <summary>Ends the templates of generations that get no new workers.</summary>
    private void DropTemplates()
    {
        foreach (var template in _templates)
        {
            if (!template.IsDropped && !_fleet.MayStartIn(template.Generation.Number))
            {
                template.Drop();
            }
        }
    }
}
