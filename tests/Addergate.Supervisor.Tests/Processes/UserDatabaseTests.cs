using Addergate.Posix.Identity;

namespace Addergate.Supervisor.Tests.Processes;

public sealed class UserDatabaseTests
{
    [Fact]
    public void Root_is_found_by_name_and_by_number()
    {
        Assert.Equal(new UserEntry("root", 0, 0, "/root"), UserDatabase.FindUser("root"));
        Assert.Equal(UserDatabase.FindUser("root"), UserDatabase.FindUser(0));
        Assert.Equal(0u, UserDatabase.FindGroup("root"));
        Assert.Equal("root", UserDatabase.FindGroupName(0));
    }

    [Fact]
    public void Nobody_of_that_name_is_null()
    {
        Assert.Null(UserDatabase.FindUser("no such user"));
        Assert.Null(UserDatabase.FindUser(4_000_000_001));
        Assert.Null(UserDatabase.FindGroup("no such group"));
        Assert.Null(UserDatabase.FindGroupName(4_000_000_001));
    }
}
