namespace Addergate.Wire.Logs;

/// <summary>Severity of a log record, Python's and Apache's words for it in common use.</summary>
public enum LogLevelCode : byte
{
    Debug = 0,
    Info = 1,
    Warning = 2,
    Error = 3,
    Critical = 4,
}
