using System.Text;
using Addergate.Settings.Configuration;

namespace Addergate.Settings.Tests.Configuration;

public sealed class JsonSourceTests
{
    private static ConfigurationContent Read(params byte[] content) =>
        JsonSource.Read(new ConfigurationFile("/srv/addergate.json", "addergate.json", ConfigurationFormat.Json, content));

    private static ConfigurationContent Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Each_value_has_the_line_of_its_key()
    {
        var content = Read("\uFEFF{\n  \"port\":\n    80,\n\n  \"python-path\": [\n    \"a\",\n    \"b\" ],\n  \"setenv\": {\n \"A\": \"1\" } }\n");
        Assert.Empty(content.Mistakes);
        Assert.Equal(
            ["addergate.json:2: port", "addergate.json:6: python-path", "addergate.json:7: python-path", "addergate.json:9: setenv"],
            content.Texts.Select(static text => text.Origin));
    }

    [Theory]
    [InlineData("{\n \"port\": 80\n \"threads\": 1 }", "addergate.json:3: ")]
    [InlineData("{\n \"port\": 80,\n }", "addergate.json:3: ")]
    [InlineData("{ \"port\": 80 } x", "addergate.json:1: ")]
    [InlineData("{\n", "addergate.json:2: ")]
    [InlineData("{ \"pid-file\": \"\\ud800\" }", "addergate.json: ")]
    public void What_is_no_JSON_is_told_with_its_line(string text, string place)
    {
        var content = Read(text);
        Assert.False(content.IsUnderstood);
        Assert.StartsWith(place, Assert.Single(content.Mistakes).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", content.Mistakes[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_UTF_8_is_told_with_its_line() => Assert.Equal(
        "addergate.json:2: it is not written in UTF-8", Assert.Single(Read([(byte)'{', (byte)'\n', 0xFF]).Mistakes).Message);

    [Fact]
    public void Deep_nesting_is_a_mistake_and_no_crash() =>
        Assert.False(Read(string.Concat(Enumerable.Repeat("[", 5000))).IsUnderstood);
}
