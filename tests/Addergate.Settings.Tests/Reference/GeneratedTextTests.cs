using Addergate.Settings.Declarations;
using Addergate.Settings.Reference;

namespace Addergate.Settings.Tests.Reference;

public sealed class GeneratedTextTests
{
    private static readonly TextStyle Plain = new(Colour: false);

    [Fact]
    public void The_reference_pages_are_what_the_declarations_say()
    {
        Assert.True(Page("settings.md") == ReferencePage.Write(), "run ./addergate _reference docs/reference");
        Assert.True(Page("options.md") == OptionTable.Write(), "run ./addergate _reference docs/reference");

        static string Page(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", name));
    }

    [Fact]
    public void Help_names_every_option_that_has_an_effect()
    {
        var help = StartServerHelp.Write(80, Plain);
        Assert.All(
            AllSettings.List,
            setting => Assert.Equal(setting.Notice is null, help.Contains($"  {setting.Option} ", StringComparison.Ordinal)
                || help.Contains($"  {setting.Option}\n", StringComparison.Ordinal)
                || help.Contains($"  {setting.Option}[", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(110)]
    public void Help_keeps_to_the_width(int width)
    {
        var prose = StartServerHelp.Write(width, Plain).Split("Examples:")[0];
        Assert.All(prose.Split('\n'), line => Assert.True(line.Length <= width, line));
    }

    [Fact]
    public void Help_without_colour_has_no_escape_sequences()
    {
        Assert.DoesNotContain('\e', StartServerHelp.Write(80, Plain));
        Assert.Contains('\e', StartServerHelp.Write(80, new TextStyle(Colour: true)));
    }

    [Fact]
    public void Every_setting_is_declared_once_and_has_a_phrase_for_help()
    {
        Assert.Equal(AllSettings.List.Count, AllSettings.List.Select(setting => setting.Name).Distinct().Count());
        Assert.All(AllSettings.List, setting =>
        {
            Assert.Matches("^[a-z0-9-]+$", setting.Name);
            Assert.Matches("^[A-Z].*[^. ]$", setting.Help);
            Assert.NotEmpty(setting.Provenance);
        });
    }
}
