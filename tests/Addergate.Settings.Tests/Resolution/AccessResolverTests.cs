using Addergate.Settings.Model;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class AccessResolverTests
{
    private static FakeMachine Machine => new FakeMachine().Files("/srv/auth.py", "/srv/users");

    [Fact]
    public void Without_any_of_it_everybody_may_come_in()
    {
        var settings = Resolve.Good("app.wsgi");
        Assert.True(settings.Access.IsOpen);
        Assert.False(settings.Access.NeedsUser);
        Assert.Single(settings.Pools);
    }

    [Fact]
    public void Scripts_have_a_worker_of_their_own_with_the_application_s_Python_and_user()
    {
        var settings = Resolve.Good(
            "app.wsgi --auth-user-script auth.py --auth-group-script auth.py --auth-group staff --auth-type digest "
            + "--auth-realm shop --auth-cache-time 5 --processes 4 --maximum-requests 9 --preload",
            Machine);
        var access = settings.Access;
        Assert.Equal(
            (AuthenticationType.Digest, "shop", "staff", TimeSpan.FromSeconds(5)),
            (access.Type, access.Realm, access.Group, access.CacheTime));
        var pool = settings.Pools[1];
        Assert.Equal(new AccessScripts(null, "/srv/auth.py", "/srv/auth.py"), pool.Application.Access);
        Assert.Equal((HostedApplication.AccessName, 1, 0, false), (
            pool.Name, pool.Workers.Processes, pool.Workers.MaximumRequests, pool.Workers.Preload));
        Assert.Equal(settings.Main.Python.Executable, pool.Python.Executable);
        Assert.True(pool.DecidesAccess);
        Assert.False(settings.Main.DecidesAccess);
    }

    [Fact]
    public void A_file_of_passwords_needs_no_worker()
    {
        var settings = Resolve.Good("app.wsgi --auth-user-file users --server-name www.example.com", Machine);
        Assert.Equal(("/srv/users", "www.example.com"), (settings.Access.UserFile, settings.Access.Realm));
        Assert.True(settings.Access.NeedsUser);
        Assert.Single(settings.Pools);
    }

    [Theory]
    [InlineData("--auth-user-script no.py", "--auth-user-script: there is no script /srv/no.py")]
    [InlineData("--auth-user-file no", "--auth-user-file: there is no file /srv/no; htpasswd -c makes one")]
    [InlineData("--auth-group-script auth.py", "--auth-group-script is given, but nothing that knows users; add --auth-user-script FILE or --auth-user-file FILE")]
    [InlineData("--auth-user-file users --auth-type Digest", "--auth-user-file is given with --auth-type Digest: a file of htpasswd has no hashes for it; use --auth-user-script, or --auth-type Basic")]
    [InlineData("--auth-user-script auth.py --auth-type NTLM", "--auth-type: \"NTLM\" is none of Basic or Digest")]
    public void What_cannot_be_is_told(string line, string mistake) =>
        Assert.Equal(mistake, Resolve.Mistake("app.wsgi " + line, Machine));

    [Theory]
    [InlineData("--auth-type Digest", "--auth-type has no effect without --auth-user-script")]
    [InlineData("--auth-group x", "--auth-group has no effect without --auth-group-script")]
    [InlineData("--auth-cache-time 1", "--auth-cache-time has no effect without --auth-user-script")]
    public void What_has_no_effect_is_said(string line, string warning) =>
        Assert.Contains(warning, Resolve.Line("app.wsgi " + line, Machine).Warnings);
}
