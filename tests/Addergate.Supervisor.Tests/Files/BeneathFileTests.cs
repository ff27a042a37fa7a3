using System.Text;
using Addergate.Posix;
using Addergate.Posix.Files;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Supervisor.Tests.Files;

public sealed class BeneathFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ag");
    private readonly SafeFileHandle _root;

    public BeneathFileTests()
    {
        Directory.CreateDirectory(Path("root/sub"));
        File.WriteAllText(Path("outside"), "outside");
        File.WriteAllText(Path("root/file"), "content");
        File.WriteAllText(Path("root/sub/file"), "below");
        File.CreateSymbolicLink(Path("root/in"), "sub/file");
        File.CreateSymbolicLink(Path("root/out"), "../outside");
        File.CreateSymbolicLink(Path("root/dir"), "sub");
        _root = DirectoryHandle.Open(Path("root"))!;
    }

    [Theory]
    [InlineData("file", "content")]
    [InlineData("sub/file", "below")]
    [InlineData("in", "below")]
    [InlineData("dir/file", "below")]
    public void What_is_below_is_opened(string path, string content)
    {
        using var file = BeneathFile.TryOpen(_root, path, PathResolution.Beneath, out _);
        Assert.NotNull(file);
        Assert.Equal(OpenedFileKind.Regular, file.Kind);
        Assert.Equal(content.Length, file.Length);
        Span<byte> buffer = stackalloc byte[100];
        Assert.Equal(content, Encoding.ASCII.GetString(buffer[..file.Read(buffer, 0, out _)]));
        Assert.Equal(content[2..], Encoding.ASCII.GetString(buffer[..file.Read(buffer, 2, out _)]));
        Assert.Equal(
            new FileInfo(Path("root/" + path)).ResolveLinkTarget(true)?.LastWriteTimeUtc
                ?? File.GetLastWriteTimeUtc(Path("root/" + path)),
            DateTime.UnixEpoch.AddSeconds(file.ModifiedSeconds).AddTicks(file.ModifiedNanoseconds / 100));
    }

    [Theory]
    [InlineData("out", Errno.CrossesDevice)]
    [InlineData("../outside", Errno.CrossesDevice)]
    [InlineData("sub/../../outside", Errno.CrossesDevice)]
    [InlineData("/etc/passwd", Errno.Invalid)]
    [InlineData("file\0x", Errno.Invalid)]
    [InlineData("none", Errno.NoEntry)]
    [InlineData("file/x", Errno.NotDirectory)]
    public void What_is_not_is_an_error(string path, int expected)
    {
        Assert.Null(BeneathFile.TryOpen(_root, path, PathResolution.Beneath, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void A_very_long_name_is_an_error()
    {
        Assert.Null(BeneathFile.TryOpen(_root, new string('x', 300), PathResolution.Beneath, out var error));
        Assert.Equal(Errno.NameTooLong, error);
        Assert.Null(BeneathFile.TryOpen(_root, new string('ü', 5000), PathResolution.Beneath, out error));
        Assert.Equal(Errno.NoEntry, error);
    }

    [Fact]
    public void Links_lead_out_only_when_they_may()
    {
        using var file = BeneathFile.TryOpen(_root, "out", PathResolution.FollowLinks, out _);
        Assert.Equal("outside".Length, file!.Length);
    }

    [Fact]
    public void The_empty_path_is_the_directory()
    {
        using var file = BeneathFile.TryOpen(_root, "", PathResolution.Beneath, out _);
        Assert.Equal(OpenedFileKind.Directory, file!.Kind);
    }

    [Theory]
    [InlineData("file", 0)]
    [InlineData("sub/file", 0)]
    [InlineData("in", Errno.TooManyLinks)]
    [InlineData("out", Errno.TooManyLinks)]
    [InlineData("dir/file", Errno.NotDirectory)]
    [InlineData("sub/none", Errno.NoEntry)]
    public void Without_openat2_no_link_is_followed(string path, int expected)
    {
        var descriptor = BeneathFile.Walk(_root, Encoding.ASCII.GetBytes(path), PathResolution.Beneath);
        Assert.Equal(expected, Math.Max(0, -descriptor));
        if (descriptor >= 0)
        {
            RawDescriptor.Close(descriptor);
        }
    }

    [Fact]
    public void And_what_is_not_known_by_heart_is_left_to_a_thread_that_may_wait() => Assert.Equal(
        -Errno.Again, BeneathFile.Walk(_root, "file"u8, PathResolution.OnlyCached));

    public void Dispose()
    {
        _root.Dispose();
        _directory.Delete(recursive: true);
    }

    private string Path(string name) => System.IO.Path.Combine(_directory.FullName, name);
}
