namespace Addergate.Supervisor.Logs.Daemons;

/// <summary>The severities of syslog (RFC 5424, 6.2.1), which the journal has too.</summary>
internal static class Severity
{
    public const int Information = 6;

    /// <summary>Of a record. Nobody has said how much a line matters that was printed; on standard error it is more likely to.
    /// </summary>
    /// <param name="word">Level or stream.</param>
    public static int Of(string word) => word switch
    {
        "critical" => 2,
        "error" => 3,
        "warn" => 4,
        "notice" or "stderr" => 5,
        "debug" => 7,
        _ => Information,
    };
}
