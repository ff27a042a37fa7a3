using System.Globalization;

namespace Addergate.Posix.Processes;

/// <summary>Who is in a process group, for people: by the time that they read it, it may be others.</summary>
public static class ProcessGroup
{
    // proc(5), counted after the name in parentheses, which may have spaces in it.
    private const int StateField = 0;
    private const int GroupField = 2;

    /// <summary>Pid and name of each process that has not ended; empty without /proc.</summary>
    public static IReadOnlyList<(int ProcessId, string Name)> Members(int group)
    {
        var members = new List<(int ProcessId, string Name)>();
        foreach (var directory in Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : [])
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && NameIn(group, id) is { } name)
            {
                members.Add((id, name));
            }
        }

        return members;
    }

    /// <summary>The process's name when it is in the group and has not ended, or null.</summary>
    private static string? NameIn(int group, int processId)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{processId}/stat");
            var (open, close) = (status.IndexOf('('), status.LastIndexOf(')'));
            var fields = status[(close + 2)..].Split(' ');
            return fields[StateField] != "Z" && fields[GroupField] == group.ToString(CultureInfo.InvariantCulture)
                ? status[(open + 1)..close]
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
