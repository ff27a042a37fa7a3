using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Chaos;

/// <summary>A worker that ends in the middle of a request: what its client, its neighbours and the log see.</summary>
[Trait("Runs", "once")]
public sealed class CrashTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("abort", "SIGABRT")]
    [InlineData("segfault", "SIGSEGV")]
    [InlineData("end?status=7", "7")]
    public void A_crash_costs_what_ran_in_that_worker_and_is_explained(string deed, string cause)
    {
        using var bystanders = Bystanders.Of($"crash by {deed}", output);
        for (var round = 0; round < 3; round++)
        {
            var before = bystanders.WorkerIds();
            using var crashing = bystanders.Misbehave(deed);
            Assert.Equal(502, crashing.Receive().Status);
            bystanders.WaitForReplacement(before);
        }

        bystanders.Finish();
        bystanders.Server.WaitForLog(cause);
        bystanders.Server.WaitForLog($"GET /misbehaving/{deed}");
        // At most the two other requests that Python was running in each of the three.
        Assert.True(bystanders.Load.Bad <= 3 * 2, bystanders.Load.ToString());
        Assert.Equal(bystanders.Load.Bad, bystanders.Load.Of("502"));
    }

    [Fact]
    public void A_crash_after_the_head_resets_the_connection()
    {
        using var bystanders = Bystanders.Of("crash after the head", output);
        using var crashing = bystanders.Misbehave("after_head");
        var head = crashing.Receive(toHead: true);
        Assert.Equal(200, head.Status);
        var rest = crashing.ReadToEnd(out var reset);
        Assert.True(reset, rest);
        bystanders.Finish();
    }

    [Fact]
    public void The_kernels_OOM_killer_is_named_as_the_cause()
    {
        using var cage = MemoryCage.Of(400 << 20);
        using var bystanders = Bystanders.In(cage, "out of memory", output);
        var before = bystanders.WorkerIds();
        using var greedy = bystanders.Misbehave("leak?mebibytes=800");
        Assert.Equal(502, greedy.Receive().Status);
        bystanders.WaitForReplacement(before);
        bystanders.Finish();
        bystanders.Server.WaitForLog(
            "was killed by SIGKILL, and the kernel's OOM killer has just been at work among this server's processes");
        // At most the two other requests that Python was running in it.
        Assert.True(bystanders.Load.Bad <= 2, bystanders.Load.ToString());
    }
}
