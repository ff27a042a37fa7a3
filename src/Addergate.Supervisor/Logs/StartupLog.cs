using Addergate.Posix.Files;
using Addergate.Posix.Identity;
using Addergate.Settings.Model;

namespace Addergate.Supervisor.Logs;

/// <summary>The file that has what is said until the server is ready, or why it is not. Any thread.</summary>
internal sealed class StartupLog
{
    private readonly TextErrorFormat _format = new(colour: false);
    private readonly Lock _lock = new();
    private LogSink? _sink;

    private StartupLog(LogSink sink) => _sink = sink;

    /// <summary>Opens it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="owner">Whose directory it is in, and so whose file it is to be; null for this process's own user.</param>
    /// <param name="reason">Empty, or for people.</param>
    /// <returns>Null where it cannot be opened, and where standard error leads into it already, as the control script of
    /// <c>setup-server</c> has it: each line would be there twice.</returns>
    public static StartupLog? Open(string path, IdentitySettings? owner, out string reason)
    {
        var (opened, problem) = owner?.UserId is { } user
            ? FileSystemIdentity.As(user, owner.GroupId ?? user, () => OpenFile(path))
            : OpenFile(path);
        reason = problem;
        if (opened is not { } target)
        {
            return null;
        }

        if (FileIdentity.TryGet(2, out var device, out var inode) && target.Is(device, inode))
        {
            target.Dispose();
            return null;
        }

        return new StartupLog(new LogSink("startup log", target, static _ => { }));
    }

    public void Write(DateTimeOffset time, string word, string source, string requestId, string text)
    {
        if (Volatile.Read(ref _sink) is not null)
        {
            lock (_lock)
            {
                _sink?.Write(_format.Write(time, word, source, requestId, text));
            }
        }
    }

    /// <summary>The start is over; what is said from now on is not written here. Once or more.</summary>
    public void Close(TimeSpan patience)
    {
        LogSink? sink;
        lock (_lock)
        {
            sink = _sink;
            _sink = null;
        }

        sink?.Close(patience);
    }

    private static (LogTarget? Target, string Reason) OpenFile(string path) => (LogTarget.OpenFile(path, out var reason), reason);
}
