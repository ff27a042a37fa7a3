using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class RootResolverTests
{
    private static FakeMachine Root => new FakeMachine { EffectiveUserId = 0 }
        .Directory("/srv/jail/www/lib").Files("/srv/jail/www/app.wsgi", "/srv/jail/www/auth.py");

    private const string Inside = "/srv/jail/www/app.wsgi --working-directory /srv/jail/www --chroot jail --user 33";

    [Fact]
    public void Paths_are_given_as_they_are_outside_and_have_other_names_inside()
    {
        var application = Resolve.Good(Inside, Root).Main.Application;
        Assert.Equal("/srv/jail", application.Root);
        Assert.Equal("/srv/jail/www/app.wsgi", application.Entry);
        Assert.Equal("/www/app.wsgi", application.PathInside(application.Entry));
        Assert.Equal("/", application.PathInside("/srv/jail"));
        Assert.Null(application.PathInside(null));
        Assert.True(application.IsInside("/srv/jail"));
        Assert.False(application.IsInside("/srv/jailer/app.wsgi"));
        Assert.Equal("/srv/jailer", (application with { Root = null }).PathInside("/srv/jailer"));
    }

    [Theory]
    [InlineData("--chroot /no --user 33", "--chroot: there is no directory /no")]
    [InlineData("--chroot / --user 33", "--chroot: / holds nobody back; name a directory below it")]
    [InlineData("--chroot /srv",
        "--chroot: the application would run as root, whom no directory holds; add --user with the user that it is to run as")]
    [InlineData("--chroot /srv --user root",
        "--chroot: the application would run as root, whom no directory holds; add --user with the user that it is to run as")]
    [InlineData("--chroot /srv --user 33 --preload",
        "--chroot and --preload do not go together: the application would be loaded before the workers are inside; "
        + "leave one of them out")]
    [InlineData("--chroot /srv --user 33 --reload-on-changes",
        "--chroot and --reload-on-changes do not go together: files have other names inside; "
        + "leave one of them out; --reload-on-script-change works")]
    [InlineData("--chroot /srv --user 33 --enable-profiler",
        "--chroot and --enable-profiler do not go together: the reports are written outside; leave one of them out")]
    [InlineData("--chroot /srv --user 33 --python-path /tmp", "--chroot: --python-path, /tmp, is not in /srv")]
    [InlineData("--chroot /tmp --user 33",
        "--chroot: the working directory, /srv, is not in /tmp; add --working-directory")]
    public void What_cannot_be_held_is_told(string line, string mistake) => Assert.Contains(mistake, Resolve.Mistakes(line, Root));

    [Fact]
    public void Only_root_can_ask_for_it() => Assert.Contains(
        "--chroot: only root can give the workers another root directory; start the server as root",
        Resolve.Mistakes("--chroot /srv"));

    [Fact]
    public void Scripts_have_to_be_inside()
    {
        Assert.Contains(
            "--chroot: the application, /srv/app.wsgi, is not in /srv/jail",
            Resolve.Mistakes("/srv/app.wsgi --working-directory /srv/jail --chroot /srv/jail --user 33", Root));
        var access = Resolve.Good($"{Inside} --auth-user-script /srv/jail/www/auth.py", Root).Access.Application!;
        Assert.Equal("/srv/jail", access.Application.Root);
        Assert.Equal(
            ["--auth-user-script: /srv/app.wsgi is not in /srv/jail, which its process is held in"],
            Resolve.Mistakes($"{Inside} --auth-user-script /srv/app.wsgi", Root));
    }

    [Fact]
    public void Another_process_outside_of_the_same_user_is_warned_of()
    {
        Assert.Empty(Resolve.Line(Inside, Root).Warnings);
        Assert.Equal(
            "the service script jobs runs outside of /srv/jail as www-data, the user of the workers inside, who can reach out "
            + "through it; give it another user",
            Assert.Single(Resolve.Line($"{Inside} --service-script jobs /srv/app.wsgi", Root).Warnings));
    }
}
