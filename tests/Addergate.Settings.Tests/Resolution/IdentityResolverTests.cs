using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class IdentityResolverTests
{
    private static FakeMachine Root => new() { EffectiveUserId = 0 };

    [Theory]
    [InlineData("www-data", 33, "www-data")]
    [InlineData("33", 33, "www-data")]
    [InlineData("#33", 33, "www-data")]
    [InlineData("#1234", 1234, "1234")]
    public void A_user_is_a_name_or_a_number(string user, uint id, string name)
    {
        var identity = Resolve.Good($"--user {user}", Root).Identity;
        Assert.Equal((id, name), (identity.UserId, identity.UserName));
        Assert.Equal(id, identity.GroupId);
    }

    [Fact]
    public void A_group_can_be_another_than_the_users()
    {
        var identity = Resolve.Good("--user www-data --group adm", Root).Identity;
        Assert.Equal((33u, 4u, "adm"), (identity.UserId, identity.GroupId, identity.GroupName));
    }

    [Theory]
    [InlineData("--user nobdy", "--user: there is no user \"nobdy\" on this machine; see getent passwd, or give a number")]
    [InlineData("--user #x", "--user: there is no user \"#x\" on this machine; see getent passwd, or give a number")]
    [InlineData("--user 4294967295",
        "--user: there is no user \"4294967295\" on this machine; see getent passwd, or give a number")]
    [InlineData("--user 33 --group no",
        "--group: there is no group \"no\" on this machine; see getent group, or give a number")]
    public void Who_is_unknown_is_told(string line, string mistake) => Assert.Equal(mistake, Resolve.Mistake(line, Root));

    [Fact]
    public void Only_root_can_become_somebody_else()
    {
        Assert.Equal(
            "--user: only root can run the application as www-data; "
            + "start the server as root, or as that user without this option",
            Resolve.Mistake("--user www-data"));
        Assert.Null(Resolve.Good("--user alice").Identity.UserId);
    }

    [Fact]
    public void Serving_as_root_is_warned_of()
    {
        Assert.Contains("runs as root", Assert.Single(Resolve.Line("", Root).Warnings), StringComparison.Ordinal);
        Assert.Empty(Resolve.Line("--user www-data", Root).Warnings);
    }

    [Fact]
    public void Further_groups_are_names_or_numbers()
    {
        Assert.Equal([4u, 1234u], Resolve.Good("--user 33 --supplementary-groups adm,#1234,4", Root).Identity.SupplementaryGroups);
        Assert.Null(Resolve.Good("--user 33", Root).Identity.SupplementaryGroups);
    }

    [Theory]
    [InlineData("--supplementary-groups adm", "--supplementary-groups is given, but no user whose groups they are; add --user")]
    [InlineData("--user 33 --supplementary-groups adm,,4",
        "--supplementary-groups: there is no group \"\" on this machine; see getent group, or give a number")]
    [InlineData("--refuse-root", "--refuse-root: the application would run as root; add --user with the user that it is to run as")]
    [InlineData("--refuse-root --user root",
        "--refuse-root: the application would run as root; add --user with the user that it is to run as")]
    [InlineData("--user 33 --script-user alice --script-group adm",
        "--script-user and --script-group are given: who may change the script is one of the two; leave one of them out")]
    [InlineData("--user 33 --script-user x",
        "--script-user: there is no user \"x\" on this machine; see getent passwd, or give a number")]
    public void What_root_cannot_be_asked_is_told(string line, string mistake) => Assert.Equal(mistake, Resolve.Mistake(line, Root));

    [Fact]
    public void Who_is_not_root_has_no_further_groups_to_give_and_need_not_refuse_anything()
    {
        Assert.Equal(
            ["--supplementary-groups is given, but no user whose groups they are; add --user",
                "--supplementary-groups: only root can choose the groups of the application; start the server as root"],
            Resolve.Mistakes("--supplementary-groups adm"));
        Resolve.Good("--refuse-root");
        Assert.Empty(Resolve.Line("--refuse-root --user 33", Root).Warnings);
    }

    [Fact]
    public void A_script_may_have_to_belong_to_somebody()
    {
        Assert.Equal(1000u, Resolve.Good("--script-user alice").Main.Application.ScriptUser);
        Assert.Equal(4u, Resolve.Good("--script-group adm").Main.Application.ScriptGroup);
        Assert.Null(Resolve.Good("").Main.Application.ScriptUser);
    }
}
