using Addergate.Supervisor.Shell;

namespace Addergate.Supervisor.Tests.Shell;

public sealed class OomKillsTests
{
    [Theory]
    [InlineData(3, 4, 10, 11, "from 3 to 4")]
    [InlineData(3, 3, 10, 11, "")]
    [InlineData(null, null, 10, 11, "from 10 to 11")]
    [InlineData(null, null, 10, 10, "")]
    [InlineData(null, null, null, null, "")]
    public void Only_what_the_kernel_counts_is_said(
        int? groupBefore, int? groupNow, int? machineBefore, int? machineNow, string expected)
    {
        var text = OomKills.Explain((groupBefore, machineBefore), (groupNow, machineNow));
        Assert.Contains(expected, text);
        Assert.Equal(expected.Length == 0, text.Length == 0);
    }
}
