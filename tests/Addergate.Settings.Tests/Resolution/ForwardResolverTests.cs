using Addergate.Settings.Model;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class ForwardResolverTests
{
    [Fact]
    public void Nothing_is_passed_on_unless_asked_for() => Assert.Empty(Resolve.Good("app.wsgi").Forwarding.Rules);

    [Theory]
    [InlineData("/api http://127.0.0.1:9000", "/api", "http://127.0.0.1:9000/")]
    [InlineData("/api/ http://127.0.0.1:9000", "/api", "http://127.0.0.1:9000/")]
    [InlineData("/api http://Inner.Example:80/app", "/api", "http://inner.example/app/")]
    [InlineData("/api https://inner:443/a%20b/", "/api", "https://inner/a%20b/")]
    [InlineData("/api https://[::1]:8443", "/api", "https://[::1]:8443/")]
    [InlineData("/a/b unix:/run/app.sock", "/a/b", "unix:/run/app.sock|http://localhost/")]
    [InlineData("/api/ UNIX:/run/app.sock|http://inner/x/", "/api", "unix:/run/app.sock|http://inner/x/")]
    public void A_target_is_a_server_and_what_stands_for_the_mount_point(string pair, string url, string target)
    {
        var result = Resolve.Line("app.wsgi --proxy-mount-point " + pair);
        var rule = Assert.Single(result.Settings!.Forwarding.Rules);
        Assert.Equal((null, url, target), (rule.Host, rule.Url, rule.Target.ToString()));
        Assert.DoesNotContain(result.Warnings, static warning => warning.Contains("proxy", StringComparison.Ordinal));
    }

    [Fact]
    public void A_slash_on_one_side_only_is_taken_at_its_word_and_said()
    {
        var result = Resolve.Line("app.wsgi --proxy-mount-point /api/ http://inner/app");
        Assert.Equal("/app", result.Settings!.Forwarding.Rules[0].Target.Path);
        Assert.Contains(
            "--proxy-mount-point /api/: /api/page is asked for as /apppage, since the target does not end with a slash; "
            + "write http://inner/app/ if that is not meant",
            result.Warnings);
    }

    [Fact]
    public void The_longest_URL_goes_first_whichever_option_names_it() => Assert.Equal(
        ["/api/deep", "/api", ""],
        Resolve.Good(
            "app.wsgi --proxy-virtual-host Other.Example http://c --proxy-mount-point /api http://a "
            + "--proxy-url-alias /api/deep http://b").Forwarding.Rules.Select(static rule => rule.Url));

    [Fact]
    public void In_the_environment_blanks_separate_them() => Assert.Equal(
        ["http://a:1/", "http://b:2/"],
        Resolve.Good("app.wsgi", new FakeMachine().Set("ADDERGATE_PROXY_MOUNT_POINT", "/a=http://a:1 /b=http://b:2/"))
            .Forwarding.Rules.Select(static rule => rule.Target.ToString()));

    [Fact]
    public void In_a_file_they_are_a_table() => Assert.Equal(
        new ForwardRule("other.example", "", new ForwardTarget("http", "inner:9000", "/", null)),
        Assert.Single(Resolve.GoodFile(
            """{"entry-point": "app.wsgi", "proxy-virtual-host": {"other.example": "http://inner:9000"}}""").Forwarding.Rules));

    [Fact]
    public void The_timeout_is_that_of_sockets_unless_it_is_given()
    {
        const string Line = "app.wsgi --proxy-mount-point /api http://a --socket-timeout 7";
        Assert.Equal(TimeSpan.FromSeconds(7), Resolve.Good(Line).Forwarding.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(90), Resolve.Good(Line + " --proxy-timeout 90").Forwarding.Timeout);
        Assert.Contains(
            "--proxy-timeout has no effect without --proxy-mount-point or --proxy-virtual-host",
            Resolve.Line("app.wsgi --proxy-timeout 5").Warnings);
    }

    [Theory]
    [InlineData("--proxy-mount-point / http://a",
        "--proxy-mount-point /: nothing would be left for the application; "
        + "write --proxy-virtual-host HOST http://a for a host that is that server's alone")]
    [InlineData("--mount-point /api/app --proxy-mount-point /api http://a",
        "--proxy-mount-point /api: nothing would be left for the application, which is mounted at /api/app; "
        + "give them URLs beside each other, or the application the shorter one")]
    [InlineData("--proxy-mount-point /api http://a --proxy-url-alias /api/ http://b",
        "--proxy-url-alias names /api twice; give each URL once")]
    [InlineData("--proxy-mount-point /media http://a --url-alias /media/ /srv/media",
        "--proxy-mount-point and --url-alias both name /media; give each URL once")]
    [InlineData("--proxy-mount-point /api a.example",
        "--proxy-mount-point /api: \"a.example\" is no server: write it as in http://127.0.0.1:8000/ or unix:/run/app.sock")]
    [InlineData("--proxy-mount-point /api ftp://a/",
        "--proxy-mount-point /api: \"ftp://a/\" is no server: write it as in http://127.0.0.1:8000/ or unix:/run/app.sock")]
    [InlineData("--proxy-mount-point /api ws://a/",
        "--proxy-mount-point /api: \"ws://a/\" is for WebSockets alone: write http:// or https://, which passes them on too")]
    [InlineData("--proxy-mount-point /api http://u:p@a/",
        "--proxy-mount-point /api: \"http://u:p@a/\" is more than scheme, host, port and path: leave out the rest")]
    [InlineData("--proxy-mount-point /api http://a/?",
        "--proxy-mount-point /api: \"http://a/?\" is more than scheme, host, port and path: leave out the rest")]
    [InlineData("--proxy-mount-point /api unix:app.sock",
        "--proxy-mount-point /api: \"unix:app.sock\" names no socket by its whole path: write it as in unix:/run/app.sock")]
    [InlineData("--proxy-virtual-host Site.example http://a --server-name site.example",
        "--proxy-virtual-host site.example: that is a name of this site; give the other server a name of its own")]
    [InlineData("--proxy-virtual-host a.example http://a --proxy-virtual-host A.example http://b",
        "--proxy-virtual-host names a.example twice; give each host once")]
    public void What_cannot_be_meant_is_a_mistake(string options, string said) => Assert.Equal(
        said, Resolve.Mistake("app.wsgi " + options, new FakeMachine().Directory("/srv/media")));
}
