using Addergate.Settings.Model;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class WorkerResolverTests
{
    [Fact]
    public void The_defaults_are_mod_wsgi_express_s_and_recycle_nothing()
    {
        var settings = Resolve.Good("app.wsgi");
        var workers = settings.Main.Workers;
        Assert.Equal((1, 1, 5), (workers.Processes, workers.MaximumProcesses, workers.Threads));
        Assert.Equal((0, 10, TimeSpan.Zero), (workers.MaximumRequests, workers.RecycleJitter, workers.CpuTimeLimit));
        Assert.Equal((0L, 0L, 0L, 0), (workers.MemoryLimit, workers.DataLimit, workers.VirtualMemoryLimit, workers.StackSize));
        Assert.False(workers.Preload);
        Assert.False(workers.ReloadOnScriptChange);
        Assert.Null(settings.Main.Queue.Limit);
    }

    [Fact]
    public void A_pool_that_may_not_grow_is_as_large_as_it_is() =>
        Assert.Equal(3, Resolve.Good("--processes 3").Main.Workers.MaximumProcesses);

    [Fact]
    public void The_most_processes_are_not_fewer_than_the_least() => Assert.Equal(
        "--maximum-processes 2 is less than WEB_CONCURRENCY 4; the pool grows from the second to the first",
        Resolve.Mistake("--maximum-processes 2", new FakeMachine().Set("WEB_CONCURRENCY", "4")));

    [Fact]
    public void Only_root_goes_before_other_processes()
    {
        Assert.StartsWith("--cpu-priority: only root", Resolve.Mistake("--cpu-priority -5"), StringComparison.Ordinal);
        Assert.Equal(5, Resolve.Good("--cpu-priority 5").Main.Workers.CpuPriority);
        Assert.Equal(-5, Resolve.Good("--cpu-priority -5", new FakeMachine { EffectiveUserId = 0 }).Main.Workers.CpuPriority);
    }

    [Fact]
    public void URLs_that_are_no_activity_are_paths()
    {
        Assert.Equal(
            ["/healthz", "/ping"],
            Resolve.Good("--inactivity-timeout 60 --ignore-activity /healthz --ignore-activity /ping").Main.Workers.IgnoreActivity);
        Assert.Equal(
            "--ignore-activity: \"http://x/y\" is not a URL path; write what comes after the host, as in /healthz",
            Resolve.Mistake("--ignore-activity http://x/y"));
    }

    [Theory]
    [InlineData("--ignore-activity /x", "--ignore-activity has no effect without --inactivity-timeout")]
    [InlineData("--recycle-jitter 5", "--recycle-jitter has no effect without --maximum-requests or --restart-interval")]
    [InlineData("--request-timeout 0 --interrupt-timeout 3", "--interrupt-timeout has no effect without --request-timeout")]
    [InlineData("--body-timeout 0 --body-min-rate 9", "--body-min-rate has no effect without --body-timeout")]
    public void What_has_no_effect_is_warned_of(string line, string warning) =>
        Assert.Equal(warning, Assert.Single(Resolve.Line(line).Warnings));

    [Fact]
    public void A_policy_is_a_word() =>
        Assert.Equal(QueuePolicy.Adaptive, Resolve.Good("--queue-policy adaptive").Main.Queue.Policy);

    [Theory]
    [InlineData("--recycle-jitter 20%", 20)]
    [InlineData("--recycle-jitter 20", 20)]
    public void A_percentage_may_have_its_sign(string line, int percent) =>
        Assert.Equal(percent, Resolve.Good("--maximum-requests 9 " + line).Main.Workers.RecycleJitter);

    [Theory]
    [InlineData("--recycle-jitter=51", "--recycle-jitter: \"51\" is not between 0 and 50")]
    [InlineData("--memory-limit=10M", "--memory-limit: \"10M\" is too little: the least is 64M, or 0 for none")]
    [InlineData("--stack-size=1", "--stack-size: \"1\" is too little: the least is 256K, or 0 for none")]
    [InlineData("--queue-limit=0", "--queue-limit: \"0\" is not between 1 and 1000000")]
    [InlineData("--queue-policy=lifo", "--queue-policy: \"lifo\" is none of fifo or adaptive")]
    public void A_limit_that_cannot_be_kept_is_told(string line, string mistake) =>
        Assert.Equal(mistake, Resolve.Mistake(line));
}
