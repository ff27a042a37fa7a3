using Addergate.Settings.Model;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class ApplicationResolverTests
{
    private static FakeMachine Project => new FakeMachine().Files(
        "/srv/mysite/__init__.py", "/srv/mysite/wsgi.py", "/srv/shop.py", "/srv/site.txt", "/srv/site/app.py",
        "/srv/deploy/run.wsgi", "/srv/odd:name");

    [Theory]
    [InlineData("app.wsgi", "/srv/app.wsgi", "application")]
    [InlineData("./app.wsgi", "/srv/app.wsgi", "application")]
    [InlineData("/srv/app.wsgi", "/srv/app.wsgi", "application")]
    [InlineData("shop.py", "/srv/shop.py", "application")]
    [InlineData("site.txt", "/srv/site.txt", "application")]
    [InlineData("app.wsgi:main", "/srv/app.wsgi", "main")]
    [InlineData("app.wsgi:make()", "/srv/app.wsgi", "make()")]
    [InlineData("odd:name", "/srv/odd:name", "application")]
    public void A_file_that_exists_is_a_script(string entry, string path, string callable)
    {
        var application = Resolve.Good(entry, Project).Main.Application;
        Assert.Equal((ApplicationType.Script, path, callable), (application.Type, application.Entry, application.Callable));
    }

    [Theory]
    [InlineData("mysite.wsgi", "mysite.wsgi", "application")]
    [InlineData("mysite.wsgi:application", "mysite.wsgi", "application")]
    [InlineData("shop:create_app()", "shop", "create_app()")]
    [InlineData("shop:apps.main", "shop", "apps.main")]
    [InlineData("shop", "shop", "application")]
    [InlineData("installed.package", "installed.package", "application")]
    [InlineData("installed.wsgi:app", "installed.wsgi", "app")]
    [InlineData("mysite", "mysite", "application")]
    public void A_dotted_name_is_a_module(string entry, string module, string callable)
    {
        var application = Resolve.Good(entry, Project).Main.Application;
        Assert.Equal((ApplicationType.Module, module, callable), (application.Type, application.Entry, application.Callable));
    }

    [Theory]
    [InlineData("ap.wsgi", "there is no script /srv/ap.wsgi; did you mean app.wsgi?")]
    [InlineData("zzz.wsgi", "there is no script /srv/zzz.wsgi; if it is an installed module, add --application-type module")]
    [InlineData("./zzzz", "there is no script /srv/zzzz; name a file, a module as in mysite.wsgi, or module:callable")]
    [InlineData("no/such.py", "there is no script /srv/no/such.py: /srv/no is not a directory")]
    [InlineData("shp.py:app", "there is no script /srv/shp.py; did you mean shop.py?")]
    [InlineData("deploy", "/srv/deploy is a directory, not a WSGI script; name a file in it: /srv/deploy/run.wsgi")]
    [InlineData("mysite/", "/srv/mysite is a directory, not a WSGI script; name a file in it: /srv/mysite/wsgi.py")]
    [InlineData("shop:create_app(1)",
        "\"create_app(1)\" in \"shop:create_app(1)\" is not a Python name; "
        + "write MODULE:NAME, or MODULE:NAME() for a factory without arguments")]
    [InlineData("shop:", "\"\" in \"shop:\" is not a Python name; "
        + "write MODULE:NAME, or MODULE:NAME() for a factory without arguments")]
    public void What_cannot_be_served_is_told(string entry, string mistake) =>
        Assert.Equal(mistake, Resolve.Mistake(entry, Project));

    [Fact]
    public void A_script_is_found_in_the_working_directory_too() => Assert.Equal(
        "/srv/deploy/run.wsgi", Resolve.Good("run.wsgi --working-directory deploy", Project).Main.Application.Entry);

    [Fact]
    public void Without_an_entry_there_is_a_welcome_page() =>
        Assert.Equal(ApplicationType.Welcome, Resolve.Good("").Main.Application.Type);

    [Fact]
    public void The_type_can_be_said()
    {
        Assert.Equal("app.wsgi", Resolve.Good("app.wsgi --application-type module").Main.Application.Entry);
        Assert.Equal(
            "there is no script /srv/os.path; if it is an installed module, add --application-type module",
            Resolve.Mistake("os.path --application-type script"));
        Assert.Equal(
            "\"./app.wsgi\" is not a module name; write dotted names as in mysite.wsgi",
            Resolve.Mistake("./app.wsgi --application-type module"));
    }

    [Fact]
    public void A_callable_is_named_once()
    {
        Assert.Equal("main", Resolve.Good("app.wsgi --callable-object main").Main.Application.Callable);
        Assert.Equal(
            "ENTRY names the callable app, and --callable-object names main; give one of them",
            Resolve.Mistake("shop:app --callable-object main", Project));
        Assert.StartsWith(
            "--callable-object: \"a-b\" is not a Python name;",
            Resolve.Mistake("app.wsgi --callable-object a-b"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Directories_are_looked_at()
    {
        Assert.Equal("--working-directory: there is no directory /srv/no", Resolve.Mistake("--working-directory no"));
        Assert.Equal("--python-path: /srv/app.wsgi is not a directory", Resolve.Mistake("--python-path app.wsgi"));
        Assert.Equal(
            ["/srv/deploy", "/tmp"],
            Resolve.Good("--python-path deploy --python-path /tmp", Project).Main.Application.PythonPath);
    }
}
