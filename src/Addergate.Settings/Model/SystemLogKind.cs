namespace Addergate.Settings.Model;

/// <summary>Who keeps the logs of the whole machine.</summary>
public enum SystemLogKind
{
    /// <summary>The local socket of a syslog daemon.</summary>
    Syslog,

    /// <summary>systemd's journal, in its own protocol.</summary>
    Journal,
}
