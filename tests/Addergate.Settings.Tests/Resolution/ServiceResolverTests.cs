using Addergate.Settings.Model;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class ServiceResolverTests
{
    private static FakeMachine Machine(uint user = 1000) =>
        new FakeMachine { EffectiveUserId = user }.Files("/srv/feed.py", "/srv/mail.py").Directory("/var/log");

    [Fact]
    public void A_service_has_a_name_and_a_script()
    {
        var services = Resolve.Good("--service-script feed feed.py --service-script=mail /srv/mail.py", Machine()).Services;
        Assert.Equal(["feed", "mail"], services.Select(service => service.Name));
        Assert.Equal(["/srv/feed.py", "/srv/mail.py"], services.Select(service => service.Path));
        Assert.Equal(new IdentitySettings(), services[0].Identity);
        Assert.Null(services[0].LogFile);
    }

    [Fact]
    public void In_the_environment_they_are_a_list() => Assert.Equal(
        ["feed", "mail"],
        Resolve.Good("", Machine().Set("ADDERGATE_SERVICE_SCRIPT", "feed=/srv/feed.py:mail=/srv/mail.py"))
            .Services.Select(service => service.Name));

    [Fact]
    public void Its_log_lies_where_the_others_do() => Assert.Equal(
        "/var/log/feed_log",
        Resolve.Good(
            "--service-script feed feed.py --service-log-file feed feed_log --log-directory /var/log", Machine())
            .Services[0].LogFile);

    [Fact]
    public void Root_runs_it_as_the_workers_unless_told_otherwise()
    {
        const string Line = "--user www-data --service-script feed feed.py";
        Assert.Equal(33u, Resolve.Good(Line, Machine(0)).Services[0].Identity.UserId);
        var other = Resolve.Good(Line + " --service-user feed alice --service-group feed adm", Machine(0)).Services[0].Identity;
        Assert.Equal((1000u, 4u), (other.UserId, other.GroupId));
    }

    [Fact]
    public void Another_user_is_not_for_others_than_root() => Assert.Equal(
        "--service-user feed: only root can run it as www-data; start the server as root, or leave this option out",
        Resolve.Mistake("--service-script feed feed.py --service-user feed www-data", Machine()));

    [Theory]
    [InlineData("--service-script feed", "--service-script needs two values; write --service-script NAME FILE")]
    [InlineData("--service-script feed --port 80", "--service-script needs two values; write --service-script NAME FILE")]
    [InlineData("--service-script feed nix.py", "--service-script feed: there is no script /srv/nix.py")]
    [InlineData("--service-script feed /var", "--service-script feed: /var is a directory, not a script")]
    [InlineData("--service-script feed feed.py --service-script feed mail.py",
        "--service-script names feed twice; give it once for each service script")]
    [InlineData("--service-script feed feed.py --service-user fed alice",
        "--service-user: there is no service script fed; did you mean feed?")]
    [InlineData("--service-log-file feed x",
        "--service-log-file: there is no service script feed; add --service-script feed FILE")]
    [InlineData("--service-script a/b feed.py",
        "--service-script: \"a/b=feed.py\" begins with no name: use letters, digits, dots, dashes and underscores")]
    [InlineData("--service-scrpt feed feed.py", "unknown option --service-scrpt; did you mean --service-script?")]
    public void What_is_wrong_with_one_is_told(string line, string mistake) =>
        Assert.Equal(mistake, Resolve.Mistake(line, Machine()));
}
