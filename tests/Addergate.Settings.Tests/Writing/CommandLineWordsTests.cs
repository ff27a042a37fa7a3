using Addergate.Settings.Resolution;
using Addergate.Settings.Sources;
using Addergate.Settings.Tests.Machines;
using Addergate.Settings.Writing;

namespace Addergate.Settings.Tests.Writing;

public sealed class CommandLineWordsTests
{
    private static readonly FakeMachine Machine = new FakeMachine().Directory("/srv/lib", "/srv/static");

    private static IReadOnlyList<IReadOnlyList<string>> Words(SettingsResult result)
    {
        Assert.Empty(result.Mistakes);
        return CommandLineWords.Of(SettingsToWrite.From(result.Settings!, result.InForce("/srv"), "/usr/bin/python3"));
    }

    [Fact]
    public void They_are_read_back_as_they_were_meant()
    {
        const string Line = "mysite:create_app() --setenv A b=c --setenv D e --preload --request-buffering off --access-log "
            + "--python-path lib --url-alias /s static --queue-timeout 0 --process-group=--odd --log-level info";
        var words = Words(Resolve.Line(Line, Machine));
        Assert.Equal(
            [
                "mysite:create_app()", "--working-directory /srv", "--python-path /srv/lib", "--process-group=--odd",
                "--setenv A b=c", "--setenv D e", "--python /usr/bin/python3", "--host 127.0.0.1", "--port 8000", "--preload",
                "--queue-timeout 0", "--request-buffering off", "--url-alias /s /srv/static", "--log-level info", "--access-log",
            ],
            words.Select(static word => string.Join(' ', word)));
        var again = CommandLineReader.Read([.. words.SelectMany(static word => word)]);
        Assert.Empty(again.Mistakes);
        Assert.Equal(words, Words(SettingsResolver.Resolve(again.Texts, [], Machine)));
    }

    [Fact]
    public void What_a_configuration_file_says_is_left_to_it() => Assert.Equal(
        ["--working-directory /srv", "--python /usr/bin/python3", "--host 127.0.0.1", "--port 8000", "--processes 3"],
        Words(Resolve.File("""{"entry-point": "app.wsgi", "threads": 4}""", "--processes 3"))
            .Select(static word => string.Join(' ', word)));

    [Fact]
    public void A_command_may_have_options_and_a_name_of_its_own()
    {
        var own = new OwnOptions { Flags = ["--dry-run"], Values = ["--output"], IsName = static word => !word.Contains('.') };
        var line = CommandLineReader.Read(["site", "--output", "a b", "--output=c", "app.wsgi", "--dry-run", "--threads", "2"], own);
        Assert.Empty(line.Mistakes);
        Assert.Equal("site", line.Name);
        Assert.Equal([("--output", "a b"), ("--output", "c")], line.Values);
        Assert.Equal(["--dry-run"], line.Flags);
        Assert.Equal(["app.wsgi", "2"], line.Texts.Select(static text => text.Text));

        var wrong = CommandLineReader.Read(["app.wsgi", "site", "--output", "--dry-run", "--ouput", "x"], own);
        Assert.Null(wrong.Name);
        Assert.Equal(
            [
                "unexpected argument \"site\": ENTRY is \"app.wsgi\" already", "--output needs a value",
                "unknown option --ouput; did you mean --output?", "unexpected argument \"x\": ENTRY is \"app.wsgi\" already",
            ],
            wrong.Mistakes.Select(static mistake => mistake.ToString()));
    }
}
