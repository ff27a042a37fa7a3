using Addergate.Supervisor.Logs;

namespace Addergate.Supervisor.Tests.Logs;

public sealed class LastLinesTests
{
    private readonly LastLines _lines = new();

    [Fact]
    public void The_last_five_are_kept_in_order()
    {
        Assert.Empty(_lines.Get());
        _lines.Add("only"u8);
        Assert.Equal(["only"], _lines.Get());
        for (var i = 1; i <= 12; i++)
        {
            _lines.Add($"line {i}");
        }

        Assert.Equal(["line 8", "line 9", "line 10", "line 11", "line 12"], _lines.Get());
        Assert.Equal(13, _lines.Count);
    }

    [Fact]
    public void Long_ones_are_cut()
    {
        _lines.Add(new string('ü', 5000));
        Assert.Equal(new string('ü', 200) + "…", Assert.Single(_lines.Get()));
    }
}
