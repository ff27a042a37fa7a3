namespace Addergate.Settings.LogFormats;

/// <summary>A format of the error log: one of two names, or Apache's notation.</summary>
public static class ErrorFormat
{
    /// <summary>Addergate's own.</summary>
    public const string Text = "text";

    /// <summary>One object a line.</summary>
    public const string Json = "json";

    /// <summary>The pieces of one in Apache's notation; null with the reason, worded to follow it in quotes.</summary>
    public static IReadOnlyList<LogFormatItem>? TryRead(string format, out string? problem)
    {
        var items = LogFormatReader.TryRead(format, out problem);
        var directives = items?.Where(static item => item.Text is null) ?? [];
        problem ??= directives.Select(ProblemWith).FirstOrDefault(static wrong => wrong is not null);
        if (problem is null && !directives.Any(static item => item.Letter == 'M'))
        {
            problem = "has no %M, so that no record would say anything";
        }

        return problem is null ? items : null;
    }

    private static string? ProblemWith(LogFormatItem item) => (item.Letter, item.Argument) switch
    {
        _ when item.Statuses.Count > 0 || item.IsNegated => $"has {item.Name} with statuses, which a record has not",
        ('t', "" or "u" or "c" or "cu" or "uc") => null,
        ('t', _) => $"has {item.Name}, but of a time there are %t, %{{u}}t, %{{c}}t and %{{cu}}t",
        ('l' or 'M' or 'P' or 'T' or 'a' or 'L' or 'm' or 'v' or ' ', "") => null,
        _ => $"has {item.Name}, which is no directive of an error log here",
    };
}
