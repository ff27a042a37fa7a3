using System.Text;
using Addergate.Settings.Model;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Logs;

/// <summary>The server's two logs and those of service scripts, open. Any thread.</summary>
internal sealed class ServerLogs
{
    // What a terminal that stands still may cost at the end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const string Supervisor = "supervisor";

    private readonly LogSink _error;
    private readonly LogSink? _access;

    // For troubles of an error log that nobody may see there.
    private readonly LogSink? _terminal;
    private readonly LogLevelCode _lowest;
    private readonly IErrorLineFormat _format;
    private readonly TimeProvider _time;
    private readonly LogSettings _settings;
    private readonly Dictionary<string, ServerLogs> _ofServices = [];
    private StartupLog? _startup;

    private ServerLogs(OpenedLog error, ILogTarget? access, LogSettings settings, TimeProvider time)
    {
        _lowest = (LogLevelCode)settings.Level;
        _format = error.Format;
        _time = time;
        _settings = settings;
        _error = new LogSink("error log", error.Target, Trouble);
        _terminal = settings.ErrorSystemLog is null ? null : new LogSink("terminal", LogTarget.Standard(2), static _ => { });
        _access = access is null ? null : new LogSink("access log", access, trouble => Trouble($"access log: {trouble}"));
    }

    /// <summary>Opens both; null with the reason for people.</summary>
    /// <param name="settings">Where they are.</param>
    /// <param name="colour">Whether a terminal may be coloured.</param>
    /// <param name="time">UTC.</param>
    /// <param name="reason">Empty when they are open.</param>
    /// <param name="journalStream">The variable JOURNAL_STREAM, or null.</param>
    /// <param name="startupOwner">Whose directory the startup log is in; null for this process's own user.</param>
    public static ServerLogs? Open(
        LogSettings settings,
        bool colour,
        TimeProvider time,
        out string reason,
        string? journalStream = null,
        IdentitySettings? startupOwner = null)
    {
        var opening = new LogOpening(settings, colour, journalStream, time);
        if (opening.OpenError(out reason) is not { } error)
        {
            return null;
        }

        ILogTarget? access = null;
        if (settings.AccessLogEnabled && (access = opening.OpenAccess(out reason)) is null)
        {
            error.Target.Dispose();
            return null;
        }

        var startup = settings.StartupLog is { } path ? StartupLog.Open(path, startupOwner, out reason) : null;
        if (reason.Length > 0)
        {
            error.Target.Dispose();
            access?.Dispose();
            return null;
        }

        return new ServerLogs(error, access, settings, time) { _startup = startup };
    }

    /// <summary>Opens the logs that service scripts have for themselves.</summary>
    /// <returns>Null, or the reason for people.</returns>
    public string? OpenFor(IReadOnlyList<ServiceSettings> services)
    {
        foreach (var service in services)
        {
            if (service.LogFile is { } file)
            {
                var own = _settings with
                {
                    ErrorLog = file,
                    ErrorSystemLog = null,
                    AccessLogEnabled = false,
                    StartupLog = null,
                };
                if (Open(own, colour: false, _time, out var reason) is not { } logs)
                {
                    return reason;
                }

                _ofServices[service.Name] = logs;
            }
        }

        return null;
    }

    /// <summary>Where what a service script prints goes.</summary>
    public ServerLogs OfService(ServiceSettings service) => _ofServices.GetValueOrDefault(service.Name, this);

    /// <summary>A record of a child.</summary>
    public void Write(string source, LogRecord record)
    {
        if (record.Kind == LogRecordKind.Access)
        {
            _access?.Write(Encoding.UTF8.GetBytes(record.Text));
        }
        else if (record.Level >= _lowest)
        {
            WriteError(LogLine.NameOf(record.Level), source, record.RequestId, record.Text);
        }
    }

    /// <summary>What a child printed; shown whatever the log level is, since nobody said how much it matters.</summary>
    /// <param name="stream"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="source">Who printed it.</param>
    /// <param name="line">In UTF-8, hopefully.</param>
    public void WritePrinted(string stream, string source, ReadOnlySpan<byte> line) =>
        WriteError(stream, source, "", Encoding.UTF8.GetString(line));

    /// <summary>The supervisor's own words.</summary>
    public void Write(LogLevelCode level, string text)
    {
        if (level >= _lowest)
        {
            WriteError(LogLine.NameOf(level), Supervisor, "", text);
        }
    }

    /// <summary>The supervisor's own words that are shown whatever the log level is.</summary>
    public void Notice(string text) => WriteError("notice", Supervisor, "", text);

    /// <summary>Opens the files anew, after they were moved away.</summary>
    public void Reopen()
    {
        _error.Reopen();
        _access?.Reopen();
        foreach (var logs in _ofServices.Values)
        {
            logs.Reopen();
        }
    }

    /// <summary>Writes what is queued. Nothing may be written afterwards.</summary>
    public void Close()
    {
        foreach (var logs in _ofServices.Values)
        {
            logs.Close();
        }

        _startup?.Close(Patience);
        _access?.Close(Patience);
        _error.Close(Patience);
        _terminal?.Close(Patience);
    }

    /// <summary>The start is over, well or not.</summary>
    /// <param name="outcome">For the startup log alone: others have it already.</param>
    public void EndStartup(string outcome)
    {
        _startup?.Write(_time.GetUtcNow(), "notice", Supervisor, "", outcome);
        _startup?.Close(Patience);
    }

    private void Trouble(string text)
    {
        WriteError("error", Supervisor, "", text);
        _terminal?.Write(LogLine.Format(_time.GetUtcNow(), "error", Supervisor, "", text, colour: false));
    }

    private void WriteError(string word, string source, string requestId, string text)
    {
        var now = _time.GetUtcNow();
        _error.Write(_format.Write(now, word, source, requestId, text));
        _startup?.Write(now, word, source, requestId, text);
    }
}
