using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Addergate.Posix;
using Addergate.Posix.Files;
using Addergate.Wire;

namespace Addergate.Supervisor.Logs;

/// <summary>
/// One thread that reads what all children print and log, apart from the supervisor's loop, so that neither can hold
/// the other up. A pipe is read to its end, which may come long after its child's: its own children hold it too.
/// </summary>
internal sealed class LogCollector
{
    private const int FlushAfterMilliseconds = 1000;

    // What is left at the end of the server is read, but an orphan that prints without end does not keep it alive.
    private const int LastRounds = 1000;

    private const int CatchUpRounds = 20;

    private readonly ConcurrentQueue<ILogSource> _added = new();
    private readonly ConcurrentQueue<TaskCompletionSource> _waiting = new();
    private readonly PipePair _wake = PipePair.Create();
    private readonly Thread _thread;
    private volatile bool _closing;

    public LogCollector()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "log collector" };
        _thread.Start();
    }

    /// <summary>Reads from a source until its end. Any thread.</summary>
    public void Add(ILogSource source)
    {
        _added.Enqueue(source);
        RawFile.Write(_wake.Writer, [1]);
    }

    /// <summary>Completes once all that is in the pipes now has been read, or after a good part of it when others write
    /// without end. Any thread.</summary>
    public Task CatchUpAsync()
    {
        var caught = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(caught);
        RawFile.Write(_wake.Writer, [1]);
        return caught.Task;
    }

    /// <summary>Reads what is there, gives out what waits for the end of its line, and ends.</summary>
    public void Close()
    {
        _closing = true;
        RawFile.Write(_wake.Writer, [1]);
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        var sources = new List<ILogSource>();
        var buffer = new byte[WireLimits.MaxLogRecord + 1024];
        var rounds = 0;
        for (var lastRounds = 0; lastRounds < LastRounds;)
        {
            while (_added.TryDequeue(out var source))
            {
                sources.Add(source);
            }

            var entries = new PollEntry[sources.Count + 1];
            entries[0] = new PollEntry((int)_wake.Reader.DangerousGetHandle());
            for (var i = 0; i < sources.Count; i++)
            {
                entries[i + 1] = new PollEntry((int)sources[i].Handle.DangerousGetHandle());
            }

            var closing = _closing;
            lastRounds += closing ? 1 : 0;
            var isAwaited = !_waiting.IsEmpty;
            var timeout = closing || isAwaited ? 0 : sources.Exists(source => source.HasPartial) ? FlushAfterMilliseconds : -1;
            var due = Poll.Wait(entries, timeout);
            if (entries[0].IsDue)
            {
                RawFile.Read(_wake.Reader, buffer);
            }

            if (isAwaited && (due == 0 || ++rounds == CatchUpRounds))
            {
                rounds = 0;
                _waiting.TryDequeue(out var caught);
                caught!.SetResult();
            }

            var kept = 0;
            for (var i = 0; i < sources.Count; i++)
            {
                var source = sources[i];
                if (due == 0 && !isAwaited)
                {
                    source.OnQuiet();
                }

                if (!entries[i + 1].IsDue || TryRead(source, buffer))
                {
                    sources[kept++] = source;
                }
            }

            sources.RemoveRange(kept, sources.Count - kept);
            if (closing && due == 0)
            {
                return;
            }
        }
    }

    /// <summary>False when the source has ended.</summary>
    private static bool TryRead(ILogSource source, byte[] buffer)
    {
        var count = RawFile.Read(source.Handle, buffer);
        if (count > 0)
        {
            source.OnBytes(buffer.AsSpan(0, count));
            return true;
        }

        if (count < 0 && Marshal.GetLastPInvokeError() is Errno.Again or Errno.Interrupted)
        {
            return true;
        }

        source.OnQuiet();
        source.Handle.Dispose();
        return false;
    }
}
