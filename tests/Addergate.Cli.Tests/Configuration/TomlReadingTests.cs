using System.Text;
using Addergate.Cli.Configuration;
using Addergate.Settings.Configuration;
using Addergate.Settings.Model;

namespace Addergate.Cli.Tests.Configuration;

public sealed class TomlReadingTests
{
    private static readonly Layout Layout = new(AppContext.BaseDirectory);

    private static TomlReading Read(string text, params string[] interpreters) => TomlReading.Read(
        new ConfigurationFile("/srv/addergate.toml", "addergate.toml", ConfigurationFormat.Toml, Encoding.UTF8.GetBytes(text)),
        new ReadingChoice(interpreters, new IdentitySettings()),
        Layout,
        new Dictionary<string, string>());

    [Fact]
    public void A_Python_reads_it_and_says_at_once_what_it_is()
    {
        var reading = Read("port = 80 # x\n\nthreads = 5\n", "/bin/cat", "/usr/bin/python3");
        Assert.Equal(
            ["80 addergate.toml:1: port", "5 addergate.toml:3: threads"],
            reading.Content.Texts.Select(static text => $"{text.Text} {text.Origin}"));
        Assert.True(reading.Asked["/usr/bin/python3"].CanServe);
        Assert.False(reading.Asked["/bin/cat"].CanServe);
    }

    [Fact]
    public void A_file_of_the_largest_size_is_read() =>
        Assert.Equal(80_000, Read("python-path = [\n" + string.Concat(Enumerable.Repeat("'abcdefg',\n", 80_000)) + "]", "/usr/bin/python3")
            .Content.Texts.Count);

    [Fact]
    public void Without_a_Python_that_can_read_it_JSON_is_named() => Assert.Equal(
        "addergate.toml is read by Python 3.11 or later, and none was found (/bin/cat: no Python; /etc/passwd: Permission denied); "
        + "install one, or write the same settings in addergate.json",
        Assert.Single(Read("port = 80", "/bin/cat", "/etc/passwd").Content.Mistakes).ToString());
}
