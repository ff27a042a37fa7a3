using Addergate.Posix;
using Addergate.Posix.Files;
using Addergate.Posix.Identity;

namespace Addergate.Supervisor.Tests.Files;

public sealed class GuardedPlaceTests : IDisposable
{
    private const uint Mode = 0b110_100_000;

    private readonly string _directory = Directory.CreateTempSubdirectory("addergate-guarded-").FullName;

    public GuardedPlaceTests()
    {
        if (CurrentIdentity.EffectiveUser != 0)
        {
            Assert.Skip("What belongs to root can be made by root alone.");
        }

        Directory.CreateDirectory(In("roots/logs"));
        Directory.CreateDirectory(In("users/logs"));
        Assert.True(Ownership.TryChange(In("users"), 4711, 4711));
    }

    [Theory]
    [InlineData("roots/logs/log")]
    [InlineData("roots/./logs//../logs/log")]
    [InlineData("users/logs/log")]
    public void A_file_is_made_where_the_path_says(string path)
    {
        using (var place = GuardedPlace.Find(In(path), out _, out _)!)
        using (var file = place.OpenForAppending(Mode)!)
        {
            Assert.Equal(1, RawFile.Write(file, "x"u8));
            Assert.Equal("x", File.ReadAllText(place.PathByHandle));
            Assert.Equal(path[0] == 'r' ? null : $"{In("users")} belongs to user 4711", place.Others);
        }

        Assert.Equal("x", File.ReadAllText(In(path)));
    }

    [Theory]
    [InlineData("../roots/logs")]
    [InlineData("/")]
    public void Links_are_followed_while_all_is_roots(string target)
    {
        File.CreateSymbolicLink(In("link"), target == "/" ? In("roots/logs") : "hop");
        File.CreateSymbolicLink(In("hop"), "roots/../roots/logs");
        File.CreateSymbolicLink(In("roots/logs/log"), "real");
        using var place = GuardedPlace.Find(In("link/log"), out _, out _)!;
        using var file = place.OpenForAppending(Mode)!;
        Assert.Null(place.Others);
        Assert.True(File.Exists(In("roots/logs/real")));
    }

    [Theory]
    [InlineData("users/logs")]
    [InlineData("users/logs/log")]
    public void No_link_is_followed_behind_a_directory_of_somebody_elses(string link)
    {
        Directory.Delete(In("users/logs"));
        if (link.EndsWith("log", StringComparison.Ordinal))
        {
            Directory.CreateDirectory(In("users/logs"));
        }

        File.CreateSymbolicLink(In(link), In("roots/logs"));
        Assert.Null(GuardedPlace.Find(In("users/logs/log"), out var error, out var others));
        Assert.Equal((Errno.TooManyLinks, $"{In("users")} belongs to user 4711"), (error, others));
        Assert.Empty(Directory.GetFileSystemEntries(In("roots/logs")));
    }

    [Fact]
    public void A_link_that_became_one_after_the_look_is_not_followed()
    {
        using var place = GuardedPlace.Find(In("users/logs/log"), out _, out _)!;
        Directory.Move(In("users/logs"), In("users/away"));
        File.CreateSymbolicLink(In("users/logs"), In("roots/logs"));
        using (place.OpenForAppending(Mode))
        {
            Assert.True(File.Exists(In("users/away/log")));
        }

        File.Delete(In("users/away/log"));
        File.CreateSymbolicLink(In("users/away/log"), In("roots/logs/log"));
        Assert.Null(place.OpenForAppending(Mode));
        Assert.Empty(Directory.GetFileSystemEntries(In("roots/logs")));
    }

    [Fact]
    public void Where_everybody_can_write_only_what_is_roots_is_followed()
    {
        File.SetUnixFileMode(In("roots"), (UnixFileMode)0b1_111_111_111);
        File.CreateSymbolicLink(In("roots/link"), "logs");
        using (var place = GuardedPlace.Find(In("roots/link/log"), out _, out _)!)
        {
            Assert.Null(place.Others);
        }

        Assert.True(Ownership.TryChange(In("roots/link"), 4711, 4711));
        Assert.Null(GuardedPlace.Find(In("roots/link/log"), out var error, out var others));
        Assert.Equal((Errno.TooManyLinks, $"others than root can write in {In("roots")}"), (error, others));
        using var missing = GuardedPlace.Find(In("roots/log"), out _, out _)!;
        Assert.NotNull(missing.Others);
    }

    [Fact]
    public void A_descriptor_is_opened_as_what_it_is()
    {
        using var open = File.OpenHandle(In("users/out"), FileMode.Create, System.IO.FileAccess.Write);
        using var place = GuardedPlace.Find($"/proc/self/fd/{open.DangerousGetHandle()}", out _, out _)!;
        using var file = place.OpenForAppending(Mode)!;
        RawFile.Write(file, "x"u8);
        Assert.Equal("x", File.ReadAllText(In("users/out")));
    }

    [Fact]
    public void What_cannot_be_found_says_why()
    {
        File.CreateSymbolicLink(In("loop"), "loop");
        File.WriteAllText(In("file"), "");
        Assert.Equal(Errno.TooManyLinks, Error("loop"));
        Assert.Equal(Errno.NoEntry, Error("nowhere/log"));
        Assert.Equal(Errno.NotDirectory, Error("file/log"));
        Assert.Equal(Errno.IsDirectory, Error("roots"));

        int Error(string path)
        {
            Assert.Null(GuardedPlace.Find(In(path), out var error, out var others));
            Assert.Null(others);
            return error;
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string In(string path) => $"{_directory}/{path}";
}
