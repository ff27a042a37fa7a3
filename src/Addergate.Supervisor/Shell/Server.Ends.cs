using System.Text;
using Addergate.Posix.Processes;
using Addergate.Supervisor.Fleets;

namespace Addergate.Supervisor.Shell;

/// <summary>Processes that have ended: found, let go, explained.</summary>
internal sealed partial class Server
{
    // A process that the child forked may hold its control socket; then the end does not wait for its words.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(0.25);

    private readonly OomKills _oomKills = new();
    private readonly LeftBehind _leftBehind;

    private void Reap()
    {
        while (Reaper.TryFindEnded(out var processId, out var status))
        {
            if (_processes.Remove(processId, out var child))
            {
                Release(processId, $"{child}");
                _ = EndAsync(child, status, status.Signal == (int)Signal.Kill ? _oomKills.Explain() : "");
            }
            else if (_serviceProcesses.Remove(processId, out var service))
            {
                Release(processId, $"{service}");
                _ = EndAsync(service, status, status.Signal == (int)Signal.Kill ? _oomKills.Explain() : "");
            }
            else if (TryReapTemplate(processId, status) is { } template)
            {
                Release(processId, $"{template}");
            }
            else
            {
                _successor?.OnEnded(processId);
                Reaper.Release(processId);
            }
        }

        _leftBehind.Look();
        EndIfNothingIsLeft();
    }

    /// <summary>Lets the process go. What it left behind in its group is of no use to anybody; a program that meant to
    /// outlive it has left the group.</summary>
    private void Release(int processId, string whose)
    {
        LeftBehind.End(processId, _fleet.IsAtOnce);
        Reaper.Release(processId);
        _leftBehind.Add(processId, whose);
    }

    /// <summary>Tells the fleet that a child has ended, after what the child said last: a FAILED must not be overtaken
    /// by the end that follows it.</summary>
    private async Task EndAsync(Child child, ExitStatus status, string cause)
    {
        var lines = _handles.Remove(child, out var handle) ? await LastLinesAsync(handle).ConfigureAwait(false) : "";
        _loop.Post(() =>
        {
            _fleet.OnEnded(child, status, cause + lines);
            OnGone(child);
        });
    }

    /// <summary>Lets go of a process that has ended, once all that it said has been read.</summary>
    /// <returns>Its last lines, for people.</returns>
    private async Task<string> LastLinesAsync(ChildHandle handle)
    {
        handle.SetTimer(_parts.Time, null, _loop.Post, () => { });
        var read = Task.WhenAll(handle.Control.Drained, _parts.Launcher.CatchUpAsync());
        await Task.WhenAny(read, Task.Delay(LastWords, _parts.Time)).ConfigureAwait(false);
        handle.Dispose();
        return Tail(handle.Lines.Get());
    }

    private static string Tail(string[] lines)
    {
        if (lines.Length == 0)
        {
            return "";
        }

        var text = new StringBuilder("; it wrote last:");
        foreach (var line in lines)
        {
            text.Append("\n  ").Append(line);
        }

        return text.ToString();
    }
}
