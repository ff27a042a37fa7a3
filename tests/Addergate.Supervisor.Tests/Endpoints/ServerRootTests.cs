using Addergate.Posix.Files;
using Addergate.Posix.Identity;
using Addergate.Settings.Model;
using Addergate.Supervisor.Endpoints;

namespace Addergate.Supervisor.Tests.Endpoints;

public sealed class ServerRootTests : IDisposable
{
    private static readonly IdentitySettings Somebody = new() { UserId = 54321, GroupId = 54322, UserName = "somebody" };

    private readonly string _parent = Directory.CreateTempSubdirectory("addergate-root-").FullName;

    [Fact]
    public void A_new_one_is_its_owners_alone()
    {
        var path = Path.Combine(_parent, "a", "b");
        Assert.Null(ServerRoot.Prepare(path, new IdentitySettings()));
        Assert.Equal((CurrentIdentity.EffectiveUser, 0b111_000_000u), (Ownership.Get(path)!.Value.User, Mode(path)));
        Assert.Null(ServerRoot.Prepare(path, new IdentitySettings()));
    }

    [Fact]
    public void As_root_a_new_one_belongs_to_the_children()
    {
        SkipUnlessRoot();
        var path = Path.Combine(_parent, "new");
        Assert.Null(ServerRoot.Prepare(path, Somebody));
        Assert.Equal((54321u, 54322u, 0b111_000_000u), Ownership.Get(path));
        Assert.Null(ServerRoot.Prepare(path, Somebody));
    }

    [Fact]
    public void One_that_the_children_cannot_write_is_refused_and_left_alone()
    {
        SkipUnlessRoot();
        var before = Ownership.Get(_parent);
        Assert.Equal(
            $"the server root {_parent} cannot be written by user somebody. "
                + "Change its owner, or name another directory with --server-root.",
            ServerRoot.Prepare(_parent, Somebody));
        Assert.Equal(before, Ownership.Get(_parent));
    }

    [Fact]
    public void One_that_a_stranger_made_is_refused()
    {
        SkipUnlessRoot();
        Ownership.TryChange(_parent, 54399, 54399);
        Assert.Equal(
            $"the server root {_parent} belongs to user 54399. Name another directory with --server-root.",
            ServerRoot.Prepare(_parent, Somebody));
    }

    [Fact]
    public void A_file_in_its_place_is_refused()
    {
        var path = Path.Combine(_parent, "file");
        File.WriteAllText(path, "");
        Assert.StartsWith(
            $"cannot make the server root {path}", ServerRoot.Prepare(path, new IdentitySettings()), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private static uint Mode(string path) => Ownership.Get(path)!.Value.Mode;

    private static void SkipUnlessRoot()
    {
        if (CurrentIdentity.EffectiveUser != 0)
        {
            Assert.Skip("giving files away needs root");
        }
    }
}
