namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>A control group with little memory, below this process's own, for a program to live in. Where none can be made
/// the test is skipped.</summary>
internal sealed class MemoryCage : IDisposable
{
    private const string Mount = "/sys/fs/cgroup";

    private readonly string _directory;

    private MemoryCage(string directory) => _directory = directory;

    /// <summary>A command that takes itself there and becomes what follows.</summary>
    public IReadOnlyList<string> Wrapper =>
        ["/bin/sh", "-c", $"echo $$ > '{_directory}/cgroup.procs' && exec \"$@\"", "sh"];

    /// <summary>To be disposed of when all in it have ended.</summary>
    public static MemoryCage Of(long bytes)
    {
        var (group, limit) = OwnGroup();
        var directory = Path.Combine(group, $"ag-t-{System.Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(directory);
            File.WriteAllText(Path.Combine(directory, limit), $"{bytes}");
            return new MemoryCage(directory);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            RemoveGroup(directory);
            Assert.Skip($"No control group with a memory limit can be made here: {refused.Message}");
            throw;
        }
    }

    public void Dispose() => RemoveGroup(_directory);

    // Version 1 has a line for memory; else the group is version 2's.
    private static (string Group, string Limit) OwnGroup()
    {
        var lines = File.ReadAllLines("/proc/self/cgroup").Select(static line => line.Split(':', 3)).ToList();
        return lines.Find(static parts => parts[1] == "memory") is { } first
            ? (Mount + "/memory" + first[2], "memory.limit_in_bytes")
            : (Mount + lines.Find(static parts => parts[1].Length == 0)?[2], "memory.max");
    }

    // Its files are the kernel's and go with it.
    private static void RemoveGroup(string directory)
    {
        if (Directory.Exists(directory))
        {
            Until.True(() => TryRemove(directory), $"{directory} to be empty");
        }
    }

    private static bool TryRemove(string directory)
    {
        try
        {
            Directory.Delete(directory);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
