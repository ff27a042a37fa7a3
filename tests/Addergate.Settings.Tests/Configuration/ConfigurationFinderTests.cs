using Addergate.Settings.Configuration;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Sources;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Configuration;

public sealed class ConfigurationFinderTests
{
    private readonly List<Mistake> _mistakes = [];

    private ConfigurationFile? Find(FakeMachine machine, string line = "") =>
        ConfigurationFinder.Find(
            CommandLineReader.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Texts, machine, _mistakes);

    [Theory]
    [InlineData("addergate.toml", "port = 1", ConfigurationFormat.Toml)]
    [InlineData("addergate.json", "{}", ConfigurationFormat.Json)]
    [InlineData("pyproject.toml", "[project]\nname = 'x'\n\n[tool.addergate]\nport = 1", ConfigurationFormat.PyProject)]
    [InlineData("pyproject.toml", "[ tool . \"addergate\" ]", ConfigurationFormat.PyProject)]
    [InlineData("pyproject.toml", "[tool]\naddergate.port = 1", ConfigurationFormat.PyProject)]
    [InlineData("pyproject.toml", "[tool]\naddergate = { port = 1 }", ConfigurationFormat.PyProject)]
    [InlineData("pyproject.toml", "tool.addergate.port = 1", ConfigurationFormat.PyProject)]
    public void It_is_found_in_the_current_directory(string name, string content, ConfigurationFormat format)
    {
        var file = Find(new FakeMachine().File("/srv/" + name, content));
        Assert.Equal(("/srv/" + name, name, format, "/srv"), (file!.Path, file.Name, file.Format, file.Directory));
        Assert.Empty(_mistakes);
    }

    [Theory]
    [InlineData("[project]\nname = 'x'\n[tool.black]\n")]
    [InlineData("[project]\ndependencies = [\n  \"addergate\",\n]\n# [tool.addergate] would be here\n")]
    public void A_project_without_settings_has_none(string content) =>
        Assert.Null(Find(new FakeMachine().File("/srv/pyproject.toml", content)));

    [Fact]
    public void Without_any_there_is_none() => Assert.Null(Find(new FakeMachine()));

    [Fact]
    public void Two_in_one_directory_are_a_mistake()
    {
        Find(new FakeMachine().File("/srv/addergate.toml", "").File("/srv/pyproject.toml", "[tool.addergate]"));
        Assert.Equal(
            "there are two configurations here: addergate.toml and [tool.addergate] in pyproject.toml; "
            + "keep one, or name one with --config",
            Assert.Single(_mistakes).ToString());
    }

    [Fact]
    public void A_named_one_is_read_in_the_place_of_those_that_are_there()
    {
        var machine = new FakeMachine().File("/srv/addergate.toml", "").File("/srv/conf/live.toml", "").File("/etc/site.json", "{}");
        var file = Find(machine, "--config conf/live.toml");
        Assert.Equal(("/srv/conf/live.toml", "conf/live.toml", "/srv/conf"), (file!.Path, file.Name, file.Directory));
        machine.Set("ADDERGATE_CONFIG", "/etc/site.json");
        Assert.Equal(ConfigurationFormat.Json, Find(machine)!.Format);
        Assert.Equal("conf/live.toml", Find(machine, "--config conf/live.toml")!.Name);
        Assert.Empty(_mistakes);
    }

    [Theory]
    [InlineData("nosuch.toml", "--config: there is no file /srv/nosuch.toml")]
    [InlineData("/tmp", "--config: /tmp is a directory, not a configuration file")]
    [InlineData("secret.toml", "secret.toml cannot be read: Permission denied")]
    [InlineData("large.toml", "large.toml is larger than 1 MiB; a configuration file has a few lines")]
    public void One_that_cannot_be_read_is_told(string name, string mistake)
    {
        var machine = new FakeMachine().Files("/srv/secret.toml").File("/srv/large.toml", new string(' ', (1024 * 1024) + 1));
        machine.Unreadable.Add("/srv/secret.toml");
        Assert.Null(Find(machine, "--config " + name));
        Assert.Equal(mistake, Assert.Single(_mistakes).ToString());
    }
}
