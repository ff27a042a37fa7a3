using Addergate.Posix.Memory;

namespace Addergate.Supervisor.Tests.Memory;

/// <summary>Over directories that look like the kernel's.</summary>
public sealed class MemoryGroupTests : IDisposable
{
    private readonly string _mount = Directory.CreateTempSubdirectory("groups").FullName;

    [Fact]
    public void Version_2_takes_the_least_of_all_groups_up_to_the_root()
    {
        Write("a/b/memory.max", "max");
        Write("a/b/memory.current", "1000");
        Write("a/b/memory.events", "low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 0");
        Write("a/memory.max", "5000");
        Write("a/memory.current", "4000");
        Write("a/memory.stat", "anon 1\nfile 3000\ninactive_file 500\n");
        var group = MemoryGroup.Find(_mount, "0::/a/b\n");
        Assert.Equal(1500, group.Spare);
        Assert.Equal(2, group.OomKills);
    }

    [Fact]
    public void Version_1_has_other_names()
    {
        Write("memory/a/memory.limit_in_bytes", "9223372036854771712");
        Write("memory/a/memory.usage_in_bytes", "500");
        Write("memory/a/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 7");
        Write("memory/memory.limit_in_bytes", "600");
        Write("memory/memory.usage_in_bytes", "700");
        Write("memory/memory.stat", "inactive_file 1\ntotal_inactive_file 150\n");
        var group = MemoryGroup.Find(_mount, "9:name=systemd:/x\n4:memory:/a\n0::/\n");
        Assert.Equal(50, group.Spare);
        Assert.Equal(7, group.OomKills);
    }

    [Fact]
    public void A_path_of_the_host_is_passed_over_in_a_container()
    {
        Write("memory.max", "1000");
        Write("memory.current", "1");
        Write("memory.events", "oom_kill 1");
        var group = MemoryGroup.Find(_mount, "0::/docker/0123\n");
        Assert.Equal(999, group.Spare);
        Assert.Equal(1, group.OomKills);
    }

    [Fact]
    public void No_group_is_no_limit()
    {
        var group = MemoryGroup.Find(_mount + "/nothing", "");
        Assert.Equal(long.MaxValue, group.Spare);
        Assert.Null(group.OomKills);
    }

    [Fact]
    public void This_machine_has_memory() =>
        Assert.InRange(Math.Min(MachineMemory.Spare, MemoryGroup.Current.Spare), 1 << 20, 1L << 50);

    public void Dispose() => Directory.Delete(_mount, recursive: true);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_mount, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
