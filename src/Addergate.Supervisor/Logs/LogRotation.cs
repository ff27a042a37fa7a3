using Microsoft.Win32.SafeHandles;

namespace Addergate.Supervisor.Logs;

/// <summary>When a log file is moved away, and to which name: FILE.YYYY-MM-DD-HH_MM_SS, in UTC. Used by one thread.</summary>
/// <param name="limit">Bytes over which it is not to grow.</param>
/// <param name="time">For the name.</param>
internal sealed class LogRotation(long limit, TimeProvider time)
{
    // Rotations within one second, which get a number behind the name.
    private const int MostWithinSecond = 1000;

    // Added to the limit while the file cannot be moved away.
    private long _extra;
    private bool _isFailing;

    /// <summary>Whether the file, if it is one, would grow too large. Its size is asked for each time: others cut files, and
    /// one call for a batch of lines costs less than their writing.</summary>
    public bool IsDue(SafeFileHandle file, int bytes)
    {
        long size;
        try
        {
            size = RandomAccess.GetLength(file);
        }
        catch (Exception notFile) when (notFile is NotSupportedException or IOException)
        {
            return false;
        }

        if (size < limit)
        {
            _extra = 0;
        }

        return size > 0 && size + bytes > limit + _extra;
    }

    /// <summary>Renames it, never over another file. After a failure it is tried again when as much again was written.
    /// </summary>
    /// <returns>Null, or the reason for people, once for failures in a row.</returns>
    public string? MoveAway(string path, out bool isMoved)
    {
        isMoved = false;
        try
        {
            LogFile.Rename(path, FreeName);
            isMoved = true;
            _isFailing = false;
            _extra = 0;
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _extra += limit;
            var isKnown = _isFailing;
            _isFailing = true;
            return isKnown ? null : $"cannot rotate the log file {path}, which grows on: {failure.Message}";
        }
    }

    private string FreeName(string path)
    {
        var dated = $"{path}.{time.GetUtcNow().UtcDateTime:yyyy-MM-dd-HH_mm_ss}";
        var name = dated;
        for (var number = 1; Path.Exists(name) && number < MostWithinSecond; number++)
        {
            name = $"{dated}.{number}";
        }

        return name;
    }
}
