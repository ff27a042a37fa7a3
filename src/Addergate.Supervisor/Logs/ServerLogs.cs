using System.Text;
using Addergate.Settings.LogFormats;
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
    private readonly LogLevelCode _lowest;
    private readonly IErrorLineFormat _format;
    private readonly TimeProvider _time;
    private readonly LogSettings _settings;
    private readonly Dictionary<string, ServerLogs> _ofServices = [];

    private ServerLogs(LogTarget error, LogTarget? access, LogSettings settings, bool colour, TimeProvider time)
    {
        _lowest = (LogLevelCode)settings.Level;
        _format = settings.ErrorLogFormat switch
        {
            ErrorFormat.Text => new TextErrorFormat(colour && settings.ErrorLog is null),
            ErrorFormat.Json => new JsonErrorFormat(),
            var pattern => new PatternErrorFormat(ErrorFormat.TryRead(pattern, out _) ?? [], Environment.MachineName),
        };
        _time = time;
        _settings = settings;
        _error = new LogSink("error log", error, Trouble);
        _access = access is null ? null : new LogSink("access log", access, trouble => Trouble($"access log: {trouble}"));
    }

    /// <summary>Opens both; null with the reason for people.</summary>
    public static ServerLogs? Open(LogSettings settings, bool colour, TimeProvider time, out string reason)
    {
        reason = "";
        var error = settings.ErrorLog is null ? LogTarget.Standard(2) : LogTarget.OpenFile(settings.ErrorLog, out reason, Rotation(settings, time));
        if (error is null)
        {
            return null;
        }

        if (!settings.AccessLogEnabled)
        {
            return new ServerLogs(error, null, settings, colour, time);
        }

        var access = settings.AccessLog is null
            ? LogTarget.Standard(1)
            : LogTarget.OpenFile(settings.AccessLog, out reason, Rotation(settings, time));
        if (access is null)
        {
            error.Dispose();
            return null;
        }

        return new ServerLogs(error, access, settings, colour, time);
    }

    /// <summary>Opens the logs that service scripts have for themselves.</summary>
    /// <returns>Null, or the reason for people.</returns>
    public string? OpenFor(IReadOnlyList<ServiceSettings> services)
    {
        foreach (var service in services)
        {
            if (service.LogFile is { } file)
            {
                var own = _settings with { ErrorLog = file, AccessLogEnabled = false };
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

        _access?.Close(Patience);
        _error.Close(Patience);
    }

    private static LogRotation? Rotation(LogSettings settings, TimeProvider time) =>
        settings.RotateAt is { } limit ? new LogRotation(limit, time) : null;

    private void Trouble(string text) => WriteError("error", Supervisor, "", text);

    private void WriteError(string word, string source, string requestId, string text) =>
        _error.Write(_format.Write(_time.GetUtcNow(), word, source, requestId, text));
}
