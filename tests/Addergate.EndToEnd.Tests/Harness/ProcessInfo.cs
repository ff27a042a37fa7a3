using System.Globalization;
using System.Text;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>What /proc says of a process. Start time tells it from a later one with the same number.</summary>
internal sealed record ProcessInfo(int Id, int Parent, int Group, long Started, char State, string CommandLine, string Name)
{
    public bool IsFrontEnd => CommandLine.Contains(" _frontend", StringComparison.Ordinal);

    /// <summary>Whether it loads the application and forks the workers.</summary>
    public bool IsTemplate => Name == "template" && IsOfPython;

    public bool IsWorker => Name != "template" && IsOfPython;

    private bool IsOfPython => CommandLine.Contains("bootstrap.py", StringComparison.Ordinal);

    /// <summary>Whether it still runs; a zombie does not.</summary>
    public bool IsAlive => Read(Id) is { State: not 'Z' } now && now.Started == Started;

    /// <summary>All processes that can be seen.</summary>
    public static List<ProcessInfo> All() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(static path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(static id => id > 0)
            .Select(Read)
            .OfType<ProcessInfo>(),
    ];

    public static ProcessInfo? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var command = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/cmdline")).Replace('\0', ' ');
            return new ProcessInfo(
                id,
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                int.Parse(fields[2], CultureInfo.InvariantCulture),
                long.Parse(fields[19], CultureInfo.InvariantCulture),
                fields[0][0],
                command,
                stat[(stat.IndexOf('(') + 1)..stat.LastIndexOf(')')]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Proportional set size in KiB: what the process costs, its share of shared pages included.</summary>
    public long ProportionalKiB() => ReadRollup("Pss:");

    /// <summary>Resident set size in KiB.</summary>
    public long ResidentKiB() => ReadRollup("Rss:");

    /// <summary>How many files it has open.</summary>
    public int DescriptorCount() => Directory.GetFiles($"/proc/{Id}/fd").Length;

    /// <summary>How many of them may be a client's: sockets, and files without a name. Libraries, which are loaded when they
    /// are first needed, are not.</summary>
    public int ClientDescriptorCount() => Directory.GetFiles($"/proc/{Id}/fd").Count(static path =>
        new FileInfo(path).LinkTarget is { } target
        && (target.StartsWith("socket:", StringComparison.Ordinal)
            || target.EndsWith("(deleted)", StringComparison.Ordinal)));

    /// <summary>The limits on open files.</summary>
    public (long Soft, long Hard) OpenFiles()
    {
        var line = File.ReadLines($"/proc/{Id}/limits").First(
            static line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var limits = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (Limit(limits[3]), Limit(limits[4]));

        static long Limit(string text) =>
            text == "unlimited" ? long.MaxValue : long.Parse(text, CultureInfo.InvariantCulture);
    }

    public string Environment()
    {
        try
        {
            return File.ReadAllText($"/proc/{Id}/environ");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private long ReadRollup(string key)
    {
        var line = File.ReadLines($"/proc/{Id}/smaps_rollup").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[key.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
