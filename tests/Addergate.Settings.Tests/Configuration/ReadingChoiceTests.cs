using System.Text;
using Addergate.Settings.Configuration;
using Addergate.Settings.Sources;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Configuration;

public sealed class ReadingChoiceTests
{
    private static ReadingChoice For(string content, string line, FakeMachine machine) => ReadingChoice.For(
        new ConfigurationFile("/srv/addergate.toml", "addergate.toml", ConfigurationFormat.Toml, Encoding.UTF8.GetBytes(content)),
        CommandLineReader.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Texts,
        machine);

    [Fact]
    public void The_applications_own_interpreter_comes_first_then_those_on_the_path()
    {
        var machine = new FakeMachine().Files("/opt/venv/bin/python", "/bin/python3", "/bin/python3.12");
        Assert.Equal(
            ["/opt/venv/bin/python", "/usr/bin/python3", "/bin/python3", "/bin/python3.12"],
            For("", "--python-home /opt/venv", machine).Interpreters);
        Assert.Equal("/usr/bin/python3", For("", "", machine).Interpreters[0]);
    }

    [Fact]
    public void One_that_is_not_there_is_not_asked() =>
        Assert.Equal(["/usr/bin/python3"], For("", "--python /nosuch", new FakeMachine()).Interpreters);

    [Theory]
    [InlineData("port = 1", "", null)]
    [InlineData("port = 1", "--user www-data", 33u)]
    [InlineData("user = 'alice'", "--user www-data", 33u)]
    [InlineData("user = 'www-data'", "", 65534u)]
    [InlineData("\"\\u0075ser\" = 'www-data'", "", 65534u)]
    [InlineData("port = 1", "--user nobdy", 65534u)]
    public void Root_runs_none_while_the_application_may_run_as_somebody_else(string content, string line, uint? user) =>
        Assert.Equal(user, For(content, line, new FakeMachine { EffectiveUserId = 0 }).Identity.UserId);

    [Fact]
    public void Others_run_it_as_themselves() => Assert.Null(For("user = 'alice'", "", new FakeMachine()).Identity.UserId);
}
