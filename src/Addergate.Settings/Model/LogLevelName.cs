namespace Addergate.Settings.Model;

/// <summary>mod_wsgi-express <c>--log-level</c>; Apache's names.</summary>
public enum LogLevelName
{
    Debug,
    Info,
    Warn,
    Error,
    Critical,
}
