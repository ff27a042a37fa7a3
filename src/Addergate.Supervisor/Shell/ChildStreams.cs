using System.ComponentModel;
using System.Net.Sockets;
using Addergate.Posix.Files;
using Addergate.Posix.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Supervisor.Shell;

/// <summary>What every child is born with: pipes for what it prints, a control socket and a log socket. Disposing closes
/// the ends that were not kept.</summary>
internal sealed class ChildStreams : IDisposable
{
    private readonly PipePair _output;
    private readonly PipePair _error;
    private readonly SocketPair _control;
    private readonly SocketPair _log;

    private ChildStreams(PipePair output, PipePair error, SocketPair control, SocketPair log)
    {
        _output = output;
        _error = error;
        _control = control;
        _log = log;
    }

    /// <summary>The child's ends, in the order of the numbers that they get there: 1, 2, 3, 4.</summary>
    public int[] Theirs =>
    [
        (int)_output.Writer.DangerousGetHandle(),
        (int)_error.Writer.DangerousGetHandle(),
        (int)_control.Theirs.DangerousGetHandle(),
        (int)_log.Theirs.DangerousGetHandle(),
    ];

    /// <exception cref="Win32Exception">Out of descriptors.</exception>
    public static ChildStreams Create()
    {
        var opened = new List<IDisposable>();
        try
        {
            var output = Opened(PipePair.Create());
            var error = Opened(PipePair.Create());
            var control = Opened(SocketPair.CreateStream());
            var log = Opened(SocketPair.CreateSeqPacket());
            return new ChildStreams(output, error, control, log);
        }
        catch (Win32Exception)
        {
            opened.ForEach(pair => pair.Dispose());
            throw;
        }

        T Opened<T>(T pair)
            where T : IDisposable
        {
            opened.Add(pair);
            return pair;
        }
    }

    public SafeFileHandle KeepOutput() => Keep(_output.Reader);

    public SafeFileHandle KeepError() => Keep(_error.Reader);

    public SafeSocketHandle KeepControl() => Keep(_control.Ours);

    public SafeSocketHandle KeepLog() => Keep(_log.Ours);

    /// <summary>Once the child has its own: else its end would never show here.</summary>
    public void CloseTheirs()
    {
        _output.Writer.Dispose();
        _error.Writer.Dispose();
        _control.Theirs.Dispose();
        _log.Theirs.Dispose();
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _control.Dispose();
        _log.Dispose();
    }

    // Disposing closes every end that is not kept by a copy of its handle.
    private static SafeSocketHandle Keep(SafeSocketHandle handle)
    {
        var kept = new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: true);
        handle.SetHandleAsInvalid();
        return kept;
    }

    private static SafeFileHandle Keep(SafeFileHandle handle)
    {
        var kept = new SafeFileHandle(handle.DangerousGetHandle(), ownsHandle: true);
        handle.SetHandleAsInvalid();
        return kept;
    }
}
