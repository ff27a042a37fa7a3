namespace Addergate.Cli.Machines;

/// <summary>The environment of a start at another time, by somebody else, with settings that were written down.</summary>
internal static class LaterEnvironment
{
    /// <summary>Of whatever is started with the machine.</summary>
    private const string PlainPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <param name="now">The environment of the command that writes them: what it says about the server is in them.</param>
    internal static IReadOnlyDictionary<string, string> After(IReadOnlyDictionary<string, string> now)
    {
        var variables = now
            .Where(static pair => !pair.Key.StartsWith("ADDERGATE_", StringComparison.Ordinal))
            .Where(static pair => pair.Key is not ("PORT" or "WEB_CONCURRENCY" or "VIRTUAL_ENV"))
            .ToDictionary();
        variables["PATH"] = PlainPath;
        return variables;
    }
}
