using Addergate.Settings.Mistakes;

namespace Addergate.Settings.Tests.Mistakes;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["--port", "--processes", "--python", "--host"];

    [Theory]
    [InlineData("--prot", "--port")]
    [InlineData("--procesess", "--processes")]
    [InlineData("--hots", "--host")]
    [InlineData("--bind", null)]
    [InlineData("", null)]
    public void The_fewest_edits_win_unless_it_is_another_word(string typed, string? meant) =>
        Assert.Equal(meant, NearestName.Find(typed, Names));
}
