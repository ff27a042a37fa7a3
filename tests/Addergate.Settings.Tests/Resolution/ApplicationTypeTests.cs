using Addergate.Settings.Model;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class ApplicationTypeTests
{
    private static FakeMachine Machine =>
        new FakeMachine().Directory("/srv/public").Files("/srv/production.ini", "/srv/markup.py", "/srv/jobs.py");

    [Theory]
    [InlineData("production.ini", "/srv/production.ini#main")]
    [InlineData("production.ini#shop", "/srv/production.ini#shop")]
    public void A_configuration_of_PasteDeploy_is_a_file_with_a_name_in_it(string entry, string resolved)
    {
        var application = Resolve.Good($"{entry} --application-type paste", Machine).Main.Application;
        Assert.Equal((ApplicationType.Paste, resolved), (application.Type, application.Entry));
    }

    [Theory]
    [InlineData("public --application-type static", "/srv/public")]
    [InlineData("--application-type static --document-root public", "/srv/public")]
    [InlineData("--application-type static", "/srv")]
    public void Files_alone_are_served_from_the_directory_that_is_named_or_the_current_one(string line, string root)
    {
        var settings = Resolve.Good(line, Machine);
        Assert.Equal(ApplicationType.Static, settings.Main.Application.Type);
        Assert.Equal(root, settings.Static.DocumentRoot);
        Assert.False(settings.Main.Application.NeedsWorkers);
        Assert.Equal((0, 0), (settings.Main.Workers.Processes, settings.Main.Workers.MaximumProcesses));
    }

    [Fact]
    public void Files_alone_need_no_Python_unless_a_script_does()
    {
        var bare = Machine.Set("PATH", "/nowhere");
        Assert.Equal("", Resolve.Good("public --application-type static", bare).Main.Python.Executable);
        Assert.StartsWith(
            "no Python was found",
            Resolve.Mistake("public --application-type static --service-script jobs jobs.py", bare),
            StringComparison.Ordinal);
        var handled = Resolve.Good("public --application-type static --add-handler .md markup.py --processes 2", Machine);
        Assert.True(handled.Main.Application.NeedsWorkers);
        Assert.Equal(2, handled.Main.Workers.Processes);
    }

    [Fact]
    public void What_is_about_an_application_has_no_effect_without_one() => Assert.Equal(
        [
            "--mount-point has no effect with --application-type static: there is no application",
            "--threads has no effect with --application-type static: there is no application",
        ],
        Resolve.Line("public --application-type static --threads 3 --mount-point /x", Machine).Warnings);

    [Theory]
    [InlineData("nix.ini --application-type paste",
        "there is no file /srv/nix.ini; name a configuration of PasteDeploy, as in production.ini")]
    [InlineData("production.ini --application-type static",
        "/srv/production.ini is not a directory; name the directory that it is in")]
    [InlineData("nix --application-type static", "there is no directory /srv/nix")]
    [InlineData("public --application-type static --document-root public",
        "ENTRY and --document-root both name the directory of the files; give one of them")]
    [InlineData("app.wsgi --envvars-script nix", "--envvars-script: there is no script /srv/nix")]
    [InlineData("app.wsgi --envvars-script jobs.py --shell-executable ./nix",
        "--shell-executable: /srv/nix cannot be run; name a shell, as in /bin/sh")]
    public void Mistakes_say_what_is_wanted(string line, string mistake) =>
        Assert.Equal(mistake, Resolve.Mistake(line, Machine));

    [Fact]
    public void The_script_of_variables_is_read_by_sh_or_the_shell_that_is_named()
    {
        Assert.Equal(
            new EnvironmentScript("/srv/jobs.py", "/bin/sh"),
            Resolve.Good("app.wsgi --envvars-script jobs.py", Machine).Main.Application.EnvironmentScript);
        Assert.Contains(
            "--shell-executable has no effect without --envvars-script",
            Resolve.Line("app.wsgi --shell-executable python3", Machine).Warnings);
    }
}
