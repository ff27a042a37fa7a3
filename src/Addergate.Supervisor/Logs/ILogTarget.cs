namespace Addergate.Supervisor.Logs;

/// <summary>Where a log's bytes go. Used by one thread.</summary>
internal interface ILogTarget : IDisposable
{
    /// <summary>Whether what was queued together is a record of its own; else several are written at once.</summary>
    bool TakesRecords { get; }

    /// <summary>Begins anew, after files were moved away or others were restarted.</summary>
    /// <returns>Null, or the reason for people.</returns>
    string? Reopen();

    /// <summary>Moves a file away that so many bytes more would make too large.</summary>
    /// <returns>Null, or the reason for people.</returns>
    string? RotateIfDue(int bytes);

    /// <summary>Writes everything.</summary>
    /// <param name="lines">Whole lines, or one record; then what is left, which is lost.</param>
    /// <returns>Null, or the reason for people.</returns>
    string? Write(ref ReadOnlySpan<byte> lines);

    /// <summary>How many records are in what was lost.</summary>
    int Count(ReadOnlySpan<byte> lost);
}
