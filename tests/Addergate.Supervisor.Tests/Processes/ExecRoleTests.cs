using System.Globalization;
using Addergate.Posix.Identity;
using Addergate.Posix.Processes;
using Addergate.Posix.Processes.Exec;

namespace Addergate.Supervisor.Tests.Processes;

public sealed class ExecRoleTests
{
    [Fact]
    public void The_command_line_reads_back_as_it_was_written()
    {
        var plan = new ExecPlan
        {
            Command = ["/bin/echo", "--", "-x"],
            UserId = 12,
            GroupId = 34,
            UserName = "somebody",
            Directory = "/a b",
            NewProcessGroup = true,
            NoNewPrivileges = true,
            MayChangeRoot = true,
            FileMask = 0b000_010_111,
            CpuPriority = -5,
            OomScoreRise = 40,
            ParentProcess = 99,
            CloseFrom = 7,
            Limits = [new ResourceLimit(ResourceKind.OpenFiles, 10, null), new ResourceLimit(ResourceKind.Core, 0, 5)],
            RemovedVariables = ["A", "B"],
        };
        var arguments = plan.ToArguments();
        Assert.Equal("_exec", arguments[0]);
        var read = ExecPlan.Parse([.. arguments.Skip(1)], out _);
        Assert.Equal(arguments, read!.ToArguments());
        Assert.Equal(plan.Command, read.Command);
        Assert.Equal(plan.Limits, read.Limits);
    }

    [Theory]
    [InlineData("--user", "nobody", "--", "/bin/true")]
    [InlineData("--user", "-1", "--", "/bin/true")]
    [InlineData("--user", "4294967296", "--", "/bin/true")]
    [InlineData("--umask", "8", "--", "/bin/true")]
    [InlineData("--umask", "1777", "--", "/bin/true")]
    [InlineData("--limit", "Nothing=1", "--", "/bin/true")]
    [InlineData("--cpu-priority", "low", "--", "/bin/true")]
    [InlineData("--oom-score-rise", "1001", "--", "/bin/true")]
    [InlineData("--limit", "99=1", "--", "/bin/true")]
    [InlineData("--limit", "OpenFiles=1:2:3", "--", "/bin/true")]
    [InlineData("--parent", "--", "/bin/true")]
    [InlineData("--what", "x", "--", "/bin/true")]
    [InlineData("--process-group", "--")]
    [InlineData("--process-group")]
    public void What_makes_no_sense_is_refused(params string[] arguments)
    {
        Assert.Null(ExecPlan.Parse(arguments, out var mistake));
        Assert.StartsWith("_exec: ", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_umask_directory_and_group_are_set_before_the_program_runs()
    {
        var child = Spawned.Exec(
            ["--limit", "OpenFiles=77", "--limit", "Core=0:0", "--umask", "027", "--directory", "/usr", "--unset", "HIDDEN",
             "--cpu-priority", "7", "--oom-score-rise", "321"],
            "ulimit -Sn; ulimit -Hc; umask; pwd; echo ${HIDDEN-gone}; nice; cat /proc/self/oom_score_adj");
        var score = Math.Min(1000, int.Parse(File.ReadAllText("/proc/self/oom_score_adj"), CultureInfo.InvariantCulture) + 321);
        Assert.Equal("", child.Error);
        Assert.Equal($"77\n0\n0027\n/usr\ngone\n7\n{score}\n", child.Output);
    }

    [Fact]
    public void The_program_gets_a_broken_pipe_signal_as_anybody_does() =>
        Assert.Equal(0ul, SignalSets.Ignored(Spawned.Exec([], "exec grep SigIgn /proc/self/status").Output));

    [Fact]
    public void A_soft_limit_above_the_hard_one_is_cut() =>
        Assert.True(Spawned.Exec(["--limit", "Core=18446744073709551615:0"], "test $(ulimit -Sc) = 0").Status.Succeeded);

    [Fact]
    public void A_program_that_is_not_there_has_a_status_of_its_own()
    {
        var child = Spawned.Run(Environment.ProcessPath!, "_exec", "--", "/nonexistent");
        Assert.Equal(ExecRole.NotFound, child.Status.Code);
        Assert.Equal("addergate: cannot run /nonexistent: No such file or directory\n", child.Error);
    }

    [Fact]
    public void A_program_that_cannot_be_run_has_a_status_of_its_own()
    {
        var child = Spawned.Run(Environment.ProcessPath!, "_exec", "--", "/etc/passwd");
        Assert.Equal(ExecRole.CannotRun, child.Status.Code);
        Assert.Equal("addergate: cannot run /etc/passwd: Permission denied\n", child.Error);
    }

    [Fact]
    public void A_directory_that_cannot_be_entered_is_named()
    {
        var child = Spawned.Exec(["--directory", "/nonexistent"], "echo ran");
        Assert.Equal(ExecRole.PreparationFailed, child.Status.Code);
        Assert.Equal("addergate: cannot enter /nonexistent: No such file or directory\n", child.Error);
        Assert.Equal("", child.Output);
    }

    [Fact]
    public void A_supervisor_that_has_ended_is_noticed()
    {
        var child = Spawned.Exec(["--parent", "1"], "echo ran");
        Assert.Equal(ExecRole.ParentGone, child.Status.Code);
        Assert.Equal("", child.Output);
    }

    [Fact]
    public void Descriptors_beyond_the_last_one_do_not_reach_the_program()
    {
        using var file = File.OpenHandle("/etc/hostname");
        var child = Spawned.Run(
            [
                Environment.ProcessPath!, "_exec", "--close-from", "4", "--", "/bin/sh", "-c",
                "readlink /proc/$$/fd/3; test ! -e /proc/$$/fd/9; echo $?",
            ],
            new Dictionary<int, int>
            {
                [3] = (int)file.DangerousGetHandle(),
                [9] = (int)file.DangerousGetHandle(),
            });
        Assert.Equal("/etc/hostname\n0\n", child.Output);
    }

    [Fact]
    public void Root_becomes_nobody_for_good_and_without_its_groups()
    {
        SkipUnlessRoot();
        var nobody = UserDatabase.FindUser("nobody")!;
        var child = Spawned.Exec(
            ["--user", $"{nobody.UserId}", "--group", $"{nobody.GroupId}", "--user-name", "nobody", "--parent",
                $"{Environment.ProcessId}"],
            "grep -E '^(Uid|Gid|Groups|CapEff|CapPrm)' /proc/$$/status");
        var (user, group) = (nobody.UserId, nobody.GroupId);
        Assert.Equal(
            $"Uid:\t{user}\t{user}\t{user}\t{user}\nGid:\t{group}\t{group}\t{group}\t{group}\n"
                + $"Groups:\t{group} \nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n",
            child.Output);
    }

    [Fact]
    public void One_right_of_roots_can_be_kept_and_no_other()
    {
        SkipUnlessRoot();
        string[] user = ["--user", "54321", "--group", "54322"];
        const string Rights = "exec grep -E 'Cap(Inh|Prm|Eff|Amb)|^Uid' /proc/self/status";
        const string ChangeRoot = "0000000000040000";
        Assert.Equal(
            $"Uid:\t54321\t54321\t54321\t54321\nCapInh:\t{ChangeRoot}\nCapPrm:\t{ChangeRoot}\nCapEff:\t{ChangeRoot}\nCapAmb:\t{ChangeRoot}\n",
            Spawned.Exec([.. user, "--may-change-root"], Rights).Output);
        Assert.DoesNotContain("40000", Spawned.Exec(user, Rights).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_no_user_has_will_do()
    {
        SkipUnlessRoot();
        var child = Spawned.Exec(["--user", "54321", "--group", "54322"], "id -u; id -g; id -G");
        Assert.Equal("54321\n54322\n54322\n", child.Output);
    }

    [Fact]
    public void A_user_who_does_not_exist_is_refused()
    {
        SkipUnlessRoot();
        var child = Spawned.Exec(["--user", "4294967295", "--group", "54322"], "echo ran");
        Assert.Equal(ExecRole.IdentityFailed, child.Status.Code);
        Assert.Equal("", child.Output);
    }

    [Fact]
    public void Only_root_can_become_somebody_else()
    {
        SkipUnlessRoot();
        var child = Spawned.Run(
            Environment.ProcessPath!, "_exec", "--user", "54321", "--",
            Environment.ProcessPath!, "_exec", "--user", "54322", "--", "/bin/echo", "ran");
        Assert.Equal("addergate: only root can become user 54322 and group 54322\n", child.Error);
        Assert.Equal(ExecRole.IdentityFailed, child.Status.Code);
    }

    private static void SkipUnlessRoot()
    {
        if (CurrentIdentity.EffectiveUser != 0)
        {
            Assert.Skip("becoming another user needs root");
        }
    }
}
