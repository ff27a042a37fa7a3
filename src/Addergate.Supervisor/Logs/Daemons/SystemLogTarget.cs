using System.Net.Sockets;
using System.Runtime.InteropServices;
using Addergate.Posix;
using Addergate.Posix.Files;
using Addergate.Posix.Memory;
using Addergate.Posix.Sockets;

namespace Addergate.Supervisor.Logs.Daemons;

/// <summary>
/// The datagram socket of syslog or of the journal. One that is not there, was restarted or takes nothing costs records, which
/// are counted, and nothing else: each record tries it again.
/// </summary>
/// <param name="path">The socket.</param>
/// <param name="lines">For a log whose records are lines; null where each write is a finished record.</param>
/// <param name="takesFiles">Whether a record that is too large for a datagram may be sent as a sealed memory file, as the journal
/// has it; else it is cut.</param>
internal sealed class SystemLogTarget(string path, ILineForm? lines, bool takesFiles) : ILogTarget
{
    // A daemon that is busy gets so long once; while it is stuck, records do not wait for it one after the other.
    private const int PatienceMilliseconds = 1000;

    // What every syslog daemon takes.
    private const int CutTo = 8 * 1024;

    private Socket? _socket;
    private bool _isStuck;

    public bool TakesRecords => true;

    /// <summary>Whether somebody receives at a socket.</summary>
    public static bool IsReachable(string socket)
    {
        using var target = new SystemLogTarget(socket, lines: null, takesFiles: false);
        return target.Connect() is null;
    }

    public string? Reopen()
    {
        Disconnect();
        return null;
    }

    public string? RotateIfDue(int bytes) => null;

    public string? Write(ref ReadOnlySpan<byte> records)
    {
        if (lines is null)
        {
            var trouble = Send(records);
            records = trouble is null ? default : records;
            return trouble;
        }

        while (!records.IsEmpty)
        {
            var end = records.IndexOf((byte)'\n');
            var line = end < 0 ? records : records[..end];
            if (!line.IsEmpty && Send(lines.Write(line)) is { } trouble)
            {
                return trouble;
            }

            records = end < 0 ? default : records[(end + 1)..];
        }

        return null;
    }

    public int Count(ReadOnlySpan<byte> lost) => lost.IsEmpty ? 0 : lines is null ? 1 : lost.Count((byte)'\n');

    public void Dispose() => Disconnect();

    private string? Send(ReadOnlySpan<byte> record)
    {
        var hasReconnected = false;
        while (true)
        {
            if (_socket is null && Connect() is { } reason)
            {
                return reason;
            }

            if (DatagramSend.TrySend((int)_socket!.Handle, record))
            {
                _isStuck = false;
                return null;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Interrupted:
                    break;
                case Errno.Again or Errno.NoBuffers:
                    if (_isStuck || !WaitForRoom())
                    {
                        _isStuck = true;
                        return $"{path} takes nothing more";
                    }

                    break;
                case Errno.MessageSize when takesFiles:
                    return SendAsFile(record);
                case Errno.MessageSize when record.Length > CutTo:
                    record = record[..CutTo];
                    break;
                case var error:
                    // Most often the daemon has been restarted.
                    Disconnect();
                    if (hasReconnected)
                    {
                        return $"{path}: {Marshal.GetPInvokeErrorMessage(error)}";
                    }

                    hasReconnected = true;
                    break;
            }
        }
    }

    private string? SendAsFile(ReadOnlySpan<byte> record)
    {
        using var file = SealedMemoryFile.TryCreate("addergate-log", record);
        if (file is null)
        {
            return $"a record of {record.Length} bytes: {Marshal.GetLastPInvokeErrorMessage()}";
        }

        var error = DescriptorSend.TrySend(_socket!.SafeHandle, [], [(int)file.DangerousGetHandle()]);
        return error == 0 ? null : $"{path}: {Marshal.GetPInvokeErrorMessage(error)}";
    }

    private bool WaitForRoom() =>
        Poll.Wait([new PollEntry((int)_socket!.Handle, forWriting: true)], PatienceMilliseconds) > 0;

    private string? Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            _socket = socket;
            return null;
        }
        catch (SocketException)
        {
            // What it says of a missing file is about network addresses.
            socket.Dispose();
            return $"nobody receives at {path}";
        }
    }

    private void Disconnect()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
