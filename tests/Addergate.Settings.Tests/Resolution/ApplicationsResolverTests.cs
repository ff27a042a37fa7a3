using Addergate.Settings.Model;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

/// <summary>Several applications in one server, as the tables of a configuration file write them.</summary>
public sealed class ApplicationsResolverTests
{
    private const string Two = """
        {
          "threads": 3, "setenv": { "site": "ours" }, "request-timeout": 9,
          "application": [
            { "entry-point": "shop.wsgi", "server-name": "Shop.example.com", "server-alias": ["*.shop.example.com"],
              "python": "/opt/py/bin/python3", "threads": 7, "limit-request-body": 5000 },
            { "entry-point": "blog.wsgi", "mount-point": "/blog", "process-group": "blog", "setenv": { "blog": "1" } }
          ]
        }
        """;

    private static FakeMachine Machine(uint user = 1000) =>
        new FakeMachine { EffectiveUserId = user }.Files("/srv/shop.wsgi", "/srv/blog.wsgi", "/opt/py/bin/python3");

    [Fact]
    public void Each_has_its_own_and_what_the_file_says_for_all()
    {
        var settings = Resolve.GoodFile(Two, machine: Machine());
        Assert.Equal(["shop.example.com/", "blog"], settings.Applications.Select(static one => one.Name));
        var (shop, blog) = (settings.Applications[0], settings.Applications[1]);
        Assert.Equal(["shop.example.com", "*.shop.example.com"], shop.Hosts);
        Assert.Equal(("/srv/shop.wsgi", "", 7, 5000L), (
            shop.Application.Entry, shop.Application.MountPoint, shop.Workers.Threads, shop.Limits.RequestBody));
        Assert.Equal(("/opt/py/bin/python3", "/usr/bin/python3"), (shop.Python.Executable, blog.Python.Executable));
        Assert.Empty(blog.Hosts);
        Assert.Equal(("/srv/blog.wsgi", "/blog", 3), (
            blog.Application.Entry, blog.Application.MountPoint, blog.Workers.Threads));
        Assert.Equal(TimeSpan.FromSeconds(9), blog.Timeouts.Request);
        Assert.Equal("ours", shop.Application.Variables["site"]);
        Assert.Equal(["blog"], blog.Application.Variables.Keys);
    }

    [Fact]
    public void Their_names_are_their_process_groups()
    {
        var settings = Resolve.GoodFile(Two, machine: Machine());
        Assert.Equal(["shop.example.com/", "blog"], settings.Applications.Select(static one => one.Application.ProcessGroup));
        Assert.Equal((HostedApplication.OnlyName, null), (
            Resolve.Good("app.wsgi").Main.Name, Resolve.Good("app.wsgi").Main.Application.ProcessGroup));
    }

    [Fact]
    public void The_command_line_goes_before_the_tables()
    {
        var settings = Resolve.GoodFile(Two, "--threads 2", Machine());
        Assert.Equal([2, 2], settings.Applications.Select(static one => one.Workers.Threads));
    }

    [Fact]
    public void A_site_with_a_name_is_asked_for_by_the_names_of_its_applications_too()
    {
        var settings = Resolve.GoodFile(Two, "--server-name www.example.com", Machine());
        Assert.Equal(["shop.example.com", "*.shop.example.com"], settings.Names.Aliases);
        Assert.Equal(["shop.example.com", "*.shop.example.com"], settings.Applications[0].Hosts);
        Assert.Null(Resolve.GoodFile(Two, "", Machine()).Names.ServerName);
    }

    [Fact]
    public void Root_runs_each_as_whom_it_says()
    {
        var settings = Resolve.GoodFile(
            """
            { "user": "100",
              "application": [{ "entry-point": "shop.wsgi", "user": "101" }, { "entry-point": "blog.wsgi", "mount-point": "/b" }] }
            """,
            machine: Machine(user: 0));
        Assert.Equal((100u, 101u, 100u), (
            settings.Identity.UserId, settings.Applications[0].Identity.UserId, settings.Applications[1].Identity.UserId));
    }

    [Theory]
    [InlineData("""{ "mount-point": "/b" }""", "addergate.json:1: the application has no entry point; add entry-point = \"app.wsgi\", or what it is called")]
    [InlineData("""{ "entry-point": "blog.wsgi" }""", "addergate.json:1: the application is in the same place as the one of addergate.json:1; give one of them another mount-point or server-name")]
    [InlineData("""{ "entry-point": "blog.wsgi", "mount-point": "/b", "process-group": "/" }""", "addergate.json:1: the name / is that of addergate.json:1 already; give one of them another process-group")]
    [InlineData("""{ "entry-point": "blog.wsgi", "mount-point": "/b", "threads": 0 }""", "addergate.json:1: threads: \"0\" is not between 1 and 4096")]
    [InlineData("""{ "entry-point": "blog.wsgi", "mount-point": "/b", "server-alias": ["x.org"] }""", "addergate.json:1: server-alias is given, but no name that it is an alias of; add --server-name HOST")]
    [InlineData("""{ "entry-point": "shpo.wsgi", "mount-point": "/b" }""", "addergate.json:1: entry-point: there is no script /srv/shpo.wsgi; did you mean shop.wsgi?")]
    public void What_does_not_fit_beside_another_application_is_told(string second, string mistake) =>
        Assert.Equal(
            [mistake],
            Resolve.FileMistakes($$"""{ "application": [{ "entry-point": "shop.wsgi" }, {{second}}] }""", machine: Machine()));

    [Theory]
    [InlineData("shop.wsgi", "ENTRY is given beside tables of several applications (addergate.json:1); write entry-point into the table that it is for")]
    [InlineData("--mount-point /x", "--mount-point is given beside tables of several applications (addergate.json:1); write mount-point into the table that it is for")]
    public void What_can_be_but_one_s_is_not_said_for_all(string line, string mistake) => Assert.Contains(
        mistake, Resolve.FileMistakes("""{ "application": [{ "entry-point": "blog.wsgi" }] }""", line, Machine()));

    [Fact]
    public void A_mistake_that_is_every_application_s_is_told_once() => Assert.Equal(
        ["addergate.json:1: threads: \"0\" is not between 1 and 4096"],
        Resolve.FileMistakes(
            """
            { "threads": 0, "application": [{ "entry-point": "shop.wsgi" }, { "entry-point": "blog.wsgi", "mount-point": "/b" }] }
            """,
            machine: Machine()));
}
