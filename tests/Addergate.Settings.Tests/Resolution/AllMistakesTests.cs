using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class AllMistakesTests
{
    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var machine = new FakeMachine { EffectiveUserId = 0 }.Set("ADDERGATE_THREADS", "many");
        Assert.Equal(
            [
                "unknown option --prot; did you mean --port?",
                "there is no script /srv/ap.wsgi; did you mean app.wsgi?",
                "--python: there is no file /opt/python",
                "--user: there is no user \"nobdy\" on this machine; see getent passwd, or give a number",
                "--processes: \"0\" is not between 1 and 1024",
                "ADDERGATE_THREADS: \"many\" is not a whole number",
                "--https-port needs a certificate; add --ssl-certificate-file and --ssl-certificate-key-file, or for development --https-dev",
            ],
            Resolve.Mistakes(
                "ap.wsgi --prot 80 --python /opt/python --https-port 443 --processes 0 --user nobdy", machine));
    }

    [Theory]
    [InlineData("--application-type foo", "--application-type: \"foo\" is none of script, module, paste or static")]
    [InlineData("--service-user =x", "--service-user needs two values; write --service-user NAME USER")]
    public void A_value_is_checked_even_when_it_would_have_no_effect(string line, string mistake) =>
        Assert.Equal(mistake, Resolve.Mistake(line));

    [Fact]
    public void The_interpreter_is_asked_even_when_other_settings_are_wrong()
    {
        Assert.Equal("/usr/bin/python3", Resolve.Line("--port x").Probes[0]?.Python.Executable);
        Assert.Null(Resolve.Line("--python /opt/python").Probes[0]);
    }

    [Fact]
    public void The_interpreter_is_not_asked_when_it_is_unclear_as_whom() =>
        Assert.Null(Resolve.Line("--user nobdy", new FakeMachine { EffectiveUserId = 0 }).Probes[0]);
}
