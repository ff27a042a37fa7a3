using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Fleets;

public sealed class ProcessHistoryTests
{
    [Theory]
    [InlineData(2, 50)]
    [InlineData(100, 400)]
    [InlineData(100_000, 2000)]
    public void It_keeps_a_reload_of_every_worker(int workers, int kept)
    {
        var history = new ProcessHistory(workers, new ManualTime());
        for (var count = 0; count < 3000; count++)
        {
            history.Add(new Child { Role = ChildRole.Worker, Number = 1 }, "ready", "");
        }

        Assert.Equal(kept, history.Last.Count);
        Assert.Equal(3000, history.Last[^1].Number);
    }
}
