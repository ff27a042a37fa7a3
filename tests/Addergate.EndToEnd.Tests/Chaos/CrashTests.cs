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
    public void Children_that_a_worker_left_behind_end_with_it()
    {
        using var bystanders = Bystanders.Of("children left behind", output);
        var left = new List<int>();
        foreach (var deed in (string[])["child", "orphan"])
        {
            using var leaving = bystanders.Misbehave(deed);
            left.Add(int.Parse(leaving.Receive().Text, provider: null));
        }

        Assert.All(left, static id => Assert.NotNull(ProcessInfo.Read(id)));
        bystanders.Finish();
        Assert.Equal(0, bystanders.Load.Bad);
        Assert.Equal(0, bystanders.Server.Stop());
        Until.True(
            () => left.TrueForAll(static id => ProcessInfo.Read(id) is null or { State: 'Z' }), "the children's end");
    }
}
