using System.Globalization;

namespace Addergate.Posix.Memory;

/// <summary>
/// The control group that this process and its children take their memory from, of either version, with those above it.
/// What cannot be read counts as not there: outside of containers and services there may be none.
/// </summary>
public sealed class MemoryGroup
{
    private readonly List<string> _directories = [];
    private readonly bool _isFirstVersion;

    private MemoryGroup(string root, string group, bool isFirstVersion)
    {
        _isFirstVersion = isFirstVersion;
        for (var path = group.Trim('/'); path.Length > 0; path = Path.GetDirectoryName(path)!)
        {
            _directories.Add($"{root}/{path}");
        }

        // In a container the path may be the host's, and the root the container's own group.
        _directories.Add(root);
        _directories.RemoveAll(static directory => !Directory.Exists(directory));
    }

    /// <summary>This process's.</summary>
    public static MemoryGroup Current { get; } = Find("/sys/fs/cgroup", ProcFile.Read("/proc/self/cgroup"));

    /// <summary>Bytes until the nearest limit, files in the cache that could be dropped not counted;
    /// <see cref="long.MaxValue"/> without a limit.</summary>
    public long Spare
    {
        get
        {
            var least = long.MaxValue;
            foreach (var directory in _directories)
            {
                if (Number($"{directory}/{(_isFirstVersion ? "memory.limit_in_bytes" : "memory.max")}") is { } most
                    && Number($"{directory}/{(_isFirstVersion ? "memory.usage_in_bytes" : "memory.current")}") is { } used)
                {
                    var cache = ProcFile.Field(
                        $"{directory}/memory.stat", _isFirstVersion ? "total_inactive_file" : "inactive_file") ?? 0;
                    least = Math.Min(least, Math.Max(0, most - used + cache));
                }
            }

            return least;
        }
    }

    /// <summary>How many processes of the group the kernel's OOM killer has ended, whatever limit was met; null when the
    /// kernel does not say.</summary>
    public long? OomKills => _directories.Count == 0
        ? null
        : ProcFile.Field(
            $"{_directories[0]}/{(_isFirstVersion ? "memory.oom_control" : "memory.events")}", "oom_kill");

    /// <param name="mount">Where the groups' file systems are mounted.</param>
    /// <param name="membership">What <c>/proc/self/cgroup</c> says: <c>4:memory:/path</c> of version 1, or
    /// <c>0::/path</c> of version 2.</param>
    public static MemoryGroup Find(string mount, string membership)
    {
        var unified = "";
        foreach (var line in membership.Split('\n'))
        {
            if (line.Split(':', 3) is [_, var controllers, var group])
            {
                if (controllers.Split(',').Contains("memory"))
                {
                    return new MemoryGroup($"{mount}/memory", group, isFirstVersion: true);
                }

                unified = controllers.Length == 0 ? group : unified;
            }
        }

        return new MemoryGroup(mount, unified, isFirstVersion: false);
    }

    // "max" is no number, and no limit.
    private static long? Number(string path) =>
        long.TryParse(ProcFile.Read(path), CultureInfo.InvariantCulture, out var number) ? number : null;
}
