using Addergate.Settings.Model;

namespace Addergate.Settings.Values;

/// <summary>Reads <c>syslog:FACILITY:TAG</c> and <c>journald:TAG</c>, of which all but the first colon may be left out. As Apache's
/// <c>ErrorLog syslog:facility:tag</c>.</summary>
internal static class SystemLogNames
{
    internal const string Syntax = "syslog:[FACILITY[:TAG]] or journald:[TAG]";

    private const string Syslog = "syslog:";
    private const string Journal = "journald:";
    private const string DefaultTag = "addergate";
    private const int LongestTag = 48;
    private const int Daemon = 3;

    // By number; those between are for the kernel and the clock, or nobody's.
    private static readonly string[] Facilities =
    [
        "", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "", "", "", "",
        "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ];

    /// <summary>Whether a text means one of them.</summary>
    internal static bool Is(string text) =>
        text.StartsWith(Syslog, StringComparison.Ordinal) || text.StartsWith(Journal, StringComparison.Ordinal);

    /// <summary>What is wrong with a text that means one; null where nothing is.</summary>
    internal static Parsed<string> Check(string text)
    {
        var (_, facility, tag) = Split(text);
        if (facility.Length > 0 && !Facilities.Contains(facility))
        {
            return Parsed<string>.Wrong(
                $"names the facility {facility}, which syslog does not have: {string.Join(", ", Facilities.Where(static name => name.Length > 0))}");
        }

        return tag.Length <= LongestTag && tag.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')
            ? text
            : Parsed<string>.Wrong($"has the tag \"{tag}\": use letters, digits, dots, dashes and underscores, at most {LongestTag}");
    }

    /// <summary>Null for what means a file.</summary>
    internal static SystemLog? Read(string text, string syslogSocket, string journalSocket)
    {
        if (!Is(text))
        {
            return null;
        }

        var (kind, facility, tag) = Split(text);
        return new SystemLog(
            kind,
            facility.Length > 0 ? Array.IndexOf(Facilities, facility) : Daemon,
            tag.Length > 0 ? tag : DefaultTag,
            kind == SystemLogKind.Syslog ? syslogSocket : journalSocket);
    }

    private static (SystemLogKind Kind, string Facility, string Tag) Split(string text)
    {
        if (text.StartsWith(Journal, StringComparison.Ordinal))
        {
            return (SystemLogKind.Journal, "", text[Journal.Length..]);
        }

        var rest = text[Syslog.Length..];
        var colon = rest.IndexOf(':');
        return (SystemLogKind.Syslog, colon < 0 ? rest : rest[..colon], colon < 0 ? "" : rest[(colon + 1)..]);
    }
}
