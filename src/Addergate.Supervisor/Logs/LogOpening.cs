using Addergate.Settings.LogFormats;
using Addergate.Settings.Model;
using Addergate.Supervisor.Logs.Daemons;

namespace Addergate.Supervisor.Logs;

/// <summary>Opens the logs where the settings say, and a terminal that turns out to be the journal as the journal.</summary>
/// <param name="settings">The logs.</param>
/// <param name="colour">Whether the terminal is one that may be coloured.</param>
/// <param name="journalStream">The variable JOURNAL_STREAM, or null.</param>
/// <param name="time">For names of rotated files.</param>
internal sealed class LogOpening(LogSettings settings, bool colour, string? journalStream, TimeProvider time)
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    // As a service that prints there has it.
    private const int DaemonFacility = 3;
    private const string Tag = "addergate";

    /// <summary>The error log; null with the reason for people.</summary>
    public OpenedLog? OpenError(out string reason)
    {
        reason = "";
        if (settings.ErrorSystemLog is { } log)
        {
            return OfDaemon(log);
        }

        if (settings.ErrorLog is { } path)
        {
            return LogTarget.OpenFile(path, out reason, Rotation()) is { } file
                ? new OpenedLog(file, Plain(isColoured: false))
                : null;
        }

        if (!JournalStream.Is(StandardError, journalStream))
        {
            return new OpenedLog(LogTarget.Standard(StandardError), Plain(colour));
        }

        // Its own protocol keeps a record of many lines together.
        return HasJournal
            ? OfDaemon(new SystemLog(SystemLogKind.Journal, DaemonFacility, Tag, settings.JournalSocket))
            : new OpenedLog(LogTarget.Standard(StandardError), new JournalPrefixFormat(Plain(isColoured: false)));
    }

    /// <summary>The access log; null with the reason for people.</summary>
    public ILogTarget? OpenAccess(out string reason)
    {
        reason = "";
        return settings.AccessSystemLog is { } log ? LinesOfDaemon(log)
            : settings.AccessLog is { } path ? LogTarget.OpenFile(path, out reason, Rotation())
            : JournalStream.Is(StandardOutput, journalStream) && HasJournal
            ? LinesOfDaemon(new SystemLog(SystemLogKind.Journal, DaemonFacility, Tag, settings.JournalSocket))
            : LogTarget.Standard(StandardOutput);
    }

    private bool HasJournal => SystemLogTarget.IsReachable(settings.JournalSocket);

    private OpenedLog OfDaemon(SystemLog log)
    {
        var isText = settings.ErrorLogFormat == ErrorFormat.Text;
        return log.Kind == SystemLogKind.Syslog
            ? new OpenedLog(
                new SystemLogTarget(log.Socket, lines: null, takesFiles: false),
                new SyslogErrorFormat(new SyslogHeader(log.Facility, log.Tag), Plain(isColoured: false)))
            : new OpenedLog(
                new SystemLogTarget(log.Socket, lines: null, takesFiles: true),
                new JournalErrorFormat(log.Facility, log.Tag, isText ? null : Plain(isColoured: false)));
    }

    private static SystemLogTarget LinesOfDaemon(SystemLog log) => log.Kind == SystemLogKind.Syslog
        ? new SystemLogTarget(log.Socket, new SyslogLines(new SyslogHeader(log.Facility, log.Tag)), takesFiles: false)
        : new SystemLogTarget(log.Socket, new JournalLines(log.Facility, log.Tag), takesFiles: true);

    private IErrorLineFormat Plain(bool isColoured) => settings.ErrorLogFormat switch
    {
        ErrorFormat.Text => new TextErrorFormat(isColoured),
        ErrorFormat.Json => new JsonErrorFormat(),
        var pattern => new PatternErrorFormat(ErrorFormat.TryRead(pattern, out _) ?? [], Environment.MachineName),
    };

    private LogRotation? Rotation() => settings.RotateAt is { } limit ? new LogRotation(limit, time) : null;
}
