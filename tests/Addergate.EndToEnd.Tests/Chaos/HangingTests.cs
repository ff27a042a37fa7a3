namespace Addergate.EndToEnd.Tests.Chaos;

/// <summary>Requests that never end by themselves.</summary>
[Trait("Runs", "once")]
public sealed class HangingTests(ITestOutputHelper output)
{
    [Fact]
    public void A_loop_in_Python_is_interrupted_and_its_worker_lives_on()
    {
        using var bystanders = Bystanders.Of("endless loop", output, "--request-timeout", "1");
        var before = bystanders.WorkerIds();
        for (var round = 0; round < 3; round++)
        {
            using var hanging = bystanders.Misbehave("loop");
            Assert.Equal(504, hanging.Receive().Status);
        }

        bystanders.Server.WaitForLog("has run for longer than --request-timeout");
        bystanders.Server.WaitForLog("GET /misbehaving/loop");
        // The stack says where it hung.
        bystanders.Server.WaitForLog("misbehaving.py");
        bystanders.Finish();
        Assert.Equal(before, bystanders.WorkerIds());
        Assert.Equal(0, bystanders.Load.Bad);
    }

    [Fact]
    public void A_request_that_blocks_in_C_costs_its_worker_but_no_other_request()
    {
        using var bystanders = Bystanders.Of(
            "blocked in C", output, "--request-timeout", "1", "--interrupt-timeout", "1", "--graceful-timeout", "1");
        var before = bystanders.WorkerIds();
        using var hanging = bystanders.Misbehave("sleep");
        Assert.Equal(504, hanging.Receive().Status);
        bystanders.WaitForReplacement(before);
        bystanders.Finish();
        bystanders.Server.WaitForLog("request_timeout");
        Assert.Equal(0, bystanders.Load.Bad);
    }

    [Fact]
    public void A_held_GIL_is_shown_and_its_worker_replaced()
    {
        using var bystanders = Bystanders.Of("GIL held in C", output, "--deadlock-timeout", "2");
        var before = bystanders.WorkerIds();
        using var hanging = bystanders.Misbehave("hold");
        Assert.Equal(502, hanging.Receive().Status);
        bystanders.WaitForReplacement(before);
        bystanders.Finish();
        bystanders.Server.WaitForLog("deadlock_timeout");
        // Every thread's stack, which needed no GIL.
        bystanders.Server.WaitForLog("misbehaving.py");
        // Those that had not been claimed went elsewhere; at most two were running in that worker.
        Assert.True(bystanders.Load.Bad <= 2, bystanders.Load.ToString());
    }

    [Fact]
    public void A_leak_is_recycled_before_it_hurts()
    {
        using var bystanders = Bystanders.Of("leak", output, "--memory-limit", "150M");
        var before = bystanders.WorkerIds();
        for (var round = 0; round < 12; round++)
        {
            using var leaking = bystanders.Misbehave("leak?mebibytes=25");
            Assert.Equal(200, leaking.Receive().Status);
        }

        bystanders.WaitForReplacement(before);
        bystanders.Finish();
        bystanders.Server.WaitForLog("memory_limit");
        Assert.Equal(0, bystanders.Load.Bad);
    }
}
