using System.Diagnostics;
using Addergate.Posix.Processes;

namespace Addergate.Supervisor.Tests.Processes;

public sealed class ProcessUsageTests
{
    [Fact]
    public void This_process_uses_what_the_runtime_says()
    {
        using var process = Process.GetCurrentProcess();
        var usage = ProcessUsage.Of(Environment.ProcessId)!.Value;
        Assert.InRange(usage.ResidentBytes, Environment.WorkingSet / 2, Environment.WorkingSet * 2);
        Assert.InRange(usage.CpuTime, TimeSpan.FromMilliseconds(10), process.TotalProcessorTime + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_process_that_is_gone_uses_nothing() => Assert.Null(ProcessUsage.Of(int.MaxValue));
}
