using System.Runtime.InteropServices;
using Addergate.Posix;
using Addergate.Posix.Files;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Supervisor.Logs;

/// <summary>Where a log's bytes go: a standard stream of this process, or a file that can be opened again. Used by one
/// thread.</summary>
internal sealed class LogTarget : ILogTarget
{
    private readonly string? _path;
    private readonly LogRotation? _rotation;
    private SafeFileHandle _handle;
    private bool _isTorn;

    private LogTarget(string? path, SafeFileHandle handle, LogRotation? rotation)
    {
        _rotation = rotation;
        _path = path;
        _handle = handle;
        _isTorn = path is not null && EndsWithinLine(handle);
    }

    /// <summary>1 or 2; never closed.</summary>
    public static LogTarget Standard(int descriptor) => new(null, new SafeFileHandle(descriptor, ownsHandle: false), null);

    /// <summary>A file; null with the reason for people.</summary>
    public static LogTarget? OpenFile(string path, out string reason, LogRotation? rotation = null)
    {
        var handle = LogFile.Open(path, out reason);
        reason = handle is null ? $"cannot open the log file {path}: {reason}" : "";
        return handle is null ? null : new LogTarget(path, handle, rotation);
    }

    public bool TakesRecords => false;

    /// <summary>Whether it is this file.</summary>
    public bool Is(ulong device, ulong inode) =>
        FileIdentity.TryGet((int)_handle.DangerousGetHandle(), out var own, out var ownInode) && (own, ownInode) == (device, inode);

    /// <summary>Opens the file anew, after it was moved away. When that fails, the old one goes on being used.</summary>
    /// <returns>Null, or the reason for people.</returns>
    public string? Reopen()
    {
        if (_path is null)
        {
            return null;
        }

        var next = LogFile.Open(_path, out var reason);
        if (next is null)
        {
            return $"cannot open the log file {_path} again: {reason}";
        }

        _handle.Dispose();
        _handle = next;
        _isTorn = EndsWithinLine(next);
        return null;
    }

    /// <summary>Moves a file away that so many bytes more would make too large, and begins a new one. When that fails, the
    /// old one goes on being used.</summary>
    /// <returns>Null, or the reason for people.</returns>
    public string? RotateIfDue(int bytes)
    {
        if (_path is null || _rotation is null || !_rotation.IsDue(_handle, bytes))
        {
            return null;
        }

        return _rotation.MoveAway(_path, out var isMoved) ?? (isMoved ? Reopen() : null);
    }

    /// <summary>Writes everything, waiting for a full pipe or a stopped terminal. Where a line was cut off by a full disk the
    /// next one begins on a line of its own.</summary>
    /// <param name="lines">Whole lines; then what is left of them, which is lost.</param>
    /// <returns>Null, or the reason for people: disk full, reader gone.</returns>
    public string? Write(ref ReadOnlySpan<byte> lines)
    {
        if (_isTorn)
        {
            ReadOnlySpan<byte> end = "\n"u8;
            if (WriteAll(ref end) is { } reason)
            {
                return reason;
            }

            _isTorn = false;
        }

        var all = lines;
        var trouble = WriteAll(ref lines);
        _isTorn = trouble is not null && lines.Length < all.Length && all[^(lines.Length + 1)] != '\n';
        return trouble;
    }

    public int Count(ReadOnlySpan<byte> lost) => lost.Count((byte)'\n');

    public void Dispose() => _handle.Dispose();

    /// <summary>Whether a full disk cut off what was written last, by this process or the one before it.</summary>
    private static bool EndsWithinLine(SafeFileHandle handle)
    {
        try
        {
            // Pipes and devices have no length, and are not to be read from.
            if (RandomAccess.GetLength(handle) is not (> 0 and var length))
            {
                return false;
            }

            // Not by its name, where another file may be by now.
            using var file = File.OpenHandle(
                $"/proc/self/fd/{handle.DangerousGetHandle()}", share: FileShare.ReadWrite | FileShare.Delete);
            Span<byte> last = stackalloc byte[1];
            return RandomAccess.Read(file, last, length - 1) == 1 && last[0] != '\n';
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }

    private string? WriteAll(ref ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var written = RawFile.Write(_handle, bytes);
            if (written >= 0)
            {
                bytes = bytes[written..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Interrupted:
                    break;
                case Errno.Again:
                    // Another program made the shared terminal non-blocking.
                    Poll.Wait([new PollEntry((int)_handle.DangerousGetHandle(), forWriting: true)], -1);
                    break;
                default:
                    return Marshal.GetLastPInvokeErrorMessage();
            }
        }

        return null;
    }
}
