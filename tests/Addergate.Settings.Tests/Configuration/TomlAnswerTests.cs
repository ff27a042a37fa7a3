using Addergate.Settings.Configuration;

namespace Addergate.Settings.Tests.Configuration;

public sealed class TomlAnswerTests
{
    private static readonly ConfigurationFile File =
        new("/srv/pyproject.toml", "pyproject.toml", ConfigurationFormat.PyProject, []);

    [Fact]
    public void Values_have_their_lines_and_types()
    {
        var content = TomlAnswer.Read(
            """
            {"value": [3, "table", {"port": [4, "integer", "80"], "python-path": [5, "list", [[6, "text", "/lib"]]],
            "keep-alive-timeout": [7, "decimal", "1.5"], "preload": [8, "boolean", "true"], "threads": [9, "date", "1979-05-27"]}]}
            """,
            File);
        Assert.Equal(
            [
                ("80", "pyproject.toml:4: port"), ("/lib", "pyproject.toml:6: python-path"),
                ("1.5", "pyproject.toml:7: keep-alive-timeout"), ("on", "pyproject.toml:8: preload"),
            ],
            content.Texts.Select(static text => (text.Text, text.Origin)));
        Assert.Equal(
            "pyproject.toml:9: threads = 1979-05-27 is a date; write a whole number from 1 to 4096",
            Assert.Single(content.Mistakes).ToString());
    }

    [Theory]
    [InlineData("""{"mistake": [2, "Invalid value"]}""", "pyproject.toml:2: Invalid value; TOML is described on https://toml.io")]
    [InlineData("""{"mistake": [0, "it is nested too deeply"]}""", "pyproject.toml: it is nested too deeply; TOML is described on https://toml.io")]
    [InlineData("""{"value": null}""", "pyproject.toml has no [tool.addergate]; write the settings below that")]
    [InlineData("""{"value": [3, "integer", "1"]}""", "pyproject.toml:3: the settings are a number; write a table of names and values")]
    public void What_cannot_be_read_is_told(string answer, string mistake)
    {
        var content = TomlAnswer.Read(answer, File);
        Assert.False(content.IsUnderstood);
        Assert.Equal(mistake, Assert.Single(content.Mistakes).ToString());
    }
}
