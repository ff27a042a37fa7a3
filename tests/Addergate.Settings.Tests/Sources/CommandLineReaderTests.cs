using Addergate.Settings.Sources;

namespace Addergate.Settings.Tests.Sources;

public sealed class CommandLineReaderTests
{
    [Theory]
    [InlineData("--port 81")]
    [InlineData("--port=81")]
    [InlineData("--por 81")]
    [InlineData("--po=81")]
    public void A_value_is_written_in_any_way_that_optparse_takes(string line) =>
        Assert.Equal(81, Resolve.Good(line).Listen.Port);

    [Fact]
    public void The_last_of_two_values_counts() => Assert.Equal(82, Resolve.Good("--port 81 --port 82").Listen.Port);

    [Fact]
    public void A_whole_name_is_no_beginning_of_a_longer_one() =>
        Assert.Equal("/usr/bin/python3", Resolve.Good("--python /usr/bin/python3").Main.Python.Executable);

    [Fact]
    public void An_ambiguous_beginning_names_what_it_could_be() => Assert.Equal(
        "ambiguous option --ssl-certificate-; it could be --ssl-certificate-file, --ssl-certificate-key-file, "
        + "--ssl-certificate-chain-file",
        Resolve.Mistake("--ssl-certificate- x"));

    [Theory]
    [InlineData("--prot 80", "unknown option --prot; did you mean --port?")]
    [InlineData("--proccesses=2", "unknown option --proccesses; did you mean --processes?")]
    [InlineData("--xyzzy", "unknown option --xyzzy; see addergate start-server --help")]
    [InlineData("-p", "unknown option -p; see addergate start-server --help")]
    public void An_unknown_option_is_answered_with_the_nearest(string line, string mistake) =>
        Assert.Equal(mistake, Resolve.Mistake(line));

    [Theory]
    [InlineData("--port", "--port needs a value; write --port PORT")]
    [InlineData("--port --threads 4", "--port needs a value; write --port PORT")]
    [InlineData("--port=", "--port needs a value; write --port PORT")]
    public void A_forgotten_value_is_told(string line, string mistake) => Assert.Equal(mistake, Resolve.Mistake(line));

    [Fact]
    public void A_flag_takes_no_word_after_it()
    {
        var settings = Resolve.Good("--http2 --access-log app.wsgi");
        Assert.True(settings.Listen.PlainHttp2);
        Assert.True(settings.Logs.AccessLogEnabled);
        Assert.Equal("/srv/app.wsgi", settings.Main.Application.Entry);
    }

    [Fact]
    public void A_flag_can_be_turned_off_with_an_equals_sign() =>
        Assert.False(Resolve.Good("--http2=off", new Machines.FakeMachine().Set("ADDERGATE_HTTP2", "1")).Listen.PlainHttp2);

    [Fact]
    public void What_follows_two_dashes_is_the_entry() =>
        Assert.Equal("/srv/--odd", Resolve.Good("-- --odd", new Machines.FakeMachine().Files("/srv/--odd")).Main.Application.Entry);

    [Fact]
    public void A_second_entry_is_a_mistake() => Assert.Equal(
        "unexpected argument \"port\": ENTRY is \"app.wsgi\" already; did you mean --port?",
        Resolve.Mistake("app.wsgi port"));

    [Fact]
    public void The_named_entry_point_wins_as_in_mod_wsgi_express()
    {
        var machine = new Machines.FakeMachine().Files("/srv/other.wsgi");
        Assert.Equal("/srv/other.wsgi", Resolve.Good("--entry-point other.wsgi app.wsgi", machine).Main.Application.Entry);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("app.wsgi --port x -h")]
    public void Help_can_be_asked_anywhere(string line) => Assert.True(CommandLineReader.Read(line.Split(' ')).HelpAsked);

    [Fact]
    public void A_command_may_have_flags_of_its_own()
    {
        var line = CommandLineReader.Read(["--all", "app.wsgi", "--threads", "--json"], "--all", "--json");
        Assert.Equal(["--all", "--json"], line.Flags);
        Assert.Equal("app.wsgi", Assert.Single(line.Texts).Text);
        Assert.Equal("--threads needs a value; write --threads N", Assert.Single(line.Mistakes).ToString());
        Assert.Empty(CommandLineReader.Read(["--", "--all"], "--all").Flags);
    }
}
