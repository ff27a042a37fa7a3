namespace Addergate.Supervisor.Logs;

/// <summary>A log that is open: where it goes, and how its records are written.</summary>
/// <param name="Target">Owned by whoever takes it.</param>
/// <param name="Format">Of the error log; that of the access log is the front end's.</param>
internal sealed record OpenedLog(ILogTarget Target, IErrorLineFormat Format);
