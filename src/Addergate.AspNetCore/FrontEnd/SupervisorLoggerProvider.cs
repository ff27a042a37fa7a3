using Addergate.Settings.Model;
using Addergate.Wire.Logs;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>
/// Sends what the framework and the front end log to the supervisor, which stamps the time and writes it. There is no
/// console in this process.
/// </summary>
internal sealed class SupervisorLoggerProvider(LogSender sender) : ILoggerProvider
{
    /// <summary>The framework's level for an Apache one.</summary>
    public static LogLevel Minimum(LogLevelName level) => level switch
    {
        LogLevelName.Debug => LogLevel.Debug,
        LogLevelName.Info => LogLevel.Information,
        LogLevelName.Warn => LogLevel.Warning,
        LogLevelName.Error => LogLevel.Error,
        _ => LogLevel.Critical,
    };

    public ILogger CreateLogger(string categoryName) => new SupervisorLogger(sender, ShortName(categoryName));

    public void Dispose()
    {
    }

    // The namespace of a framework type tells an operator nothing: "Kestrel" does, and so does "Connections".
    private static string ShortName(string category)
    {
        var name = category.AsSpan();
        return name[(name.LastIndexOf('.') + 1)..].ToString();
    }

    private sealed class SupervisorLogger(LogSender sender, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        // Filters of the logger factory come before this.
        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Debug and < LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            sender.Send(Code(logLevel), exception is null ? $"{name}: {text}" : $"{name}: {text}\n{exception}");
        }

        private static LogLevelCode Code(LogLevel level) => level switch
        {
            LogLevel.Trace or LogLevel.Debug => LogLevelCode.Debug,
            LogLevel.Information => LogLevelCode.Info,
            LogLevel.Warning => LogLevelCode.Warning,
            LogLevel.Error => LogLevelCode.Error,
            _ => LogLevelCode.Critical,
        };
    }
}
