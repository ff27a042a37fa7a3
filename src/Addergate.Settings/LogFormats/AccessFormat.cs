namespace Addergate.Settings.LogFormats;

/// <summary>A format of the access log: one of three names, or Apache's notation.</summary>
public static class AccessFormat
{
    public const string Common = "common";
    public const string Combined = "combined";
    public const string Json = "json";

    /// <summary>What <c>%{NAME}n</c> can tell.</summary>
    public const string QueueNote = "queue";

    private const string Plain = "aABbDfhHklLmPpqrstTuUvVXIOS";

    private static readonly string[] TimeWords = ["sec", "msec", "usec", "msec_frac", "usec_frac"];

    /// <summary>The pieces of one in Apache's notation; null with the reason, worded to follow it in quotes.</summary>
    public static IReadOnlyList<LogFormatItem>? TryRead(string format, out string? problem)
    {
        var items = LogFormatReader.TryRead(format, out problem);
        problem ??= items!.Where(static item => item.Text is null).Select(ProblemWith).FirstOrDefault(static p => p is not null);
        return problem is null ? items : null;
    }

    /// <summary>Whether it says how many bytes went over the connection.</summary>
    public static bool CountsTraffic(IReadOnlyList<LogFormatItem> items) =>
        items.Any(static item => item.Text is null && item.Letter is 'I' or 'O' or 'S');

    /// <summary>The format of a time without <c>begin:</c> or <c>end:</c>.</summary>
    public static string TimeOf(string argument, out bool isEnd)
    {
        isEnd = argument.StartsWith("end:", StringComparison.Ordinal);
        return isEnd ? argument[4..] : argument.StartsWith("begin:", StringComparison.Ordinal) ? argument[6..] : argument;
    }

    /// <summary>Whether it is a word like <c>msec</c> and not for strftime.</summary>
    public static bool IsTimeWord(string time) => TimeWords.Contains(time);

    private static string? ProblemWith(LogFormatItem item)
    {
        if (item.Statuses.Contains(0))
        {
            return $"has {item.Name} with a status that has not three digits";
        }

        return (item.Letter, item.Argument) switch
        {
            ('i' or 'o' or 'C' or 'e', "") => $"has %{item.Letter} without a name, as in %{{NAME}}{item.Letter}",
            ('i' or 'o' or 'C' or 'e', _) => null,
            ('n', QueueNote) => null,
            ('n', _) => $"has {item.Name}, but the only note is %{{{QueueNote}}}n",
            ('T', "" or "s" or "ms" or "us") => null,
            ('T', _) => $"has {item.Name}, but the units are s, ms and us",
            ('p', "" or "local" or "remote" or "canonical") => null,
            ('p', _) => $"has {item.Name}, but the ports are local, remote and canonical",
            ('P', "" or "pid") => null,
            ('t', "") => null,
            ('t', var time) => StrftimePattern.ProblemWith(TimeOf(time, out _)) is { } wrong ? $"has {item.Name}: {wrong}" : null,
            (var letter, "") when Plain.Contains(letter) => null,
            _ => $"has {item.Name}, which is no directive of an access log here",
        };
    }
}
