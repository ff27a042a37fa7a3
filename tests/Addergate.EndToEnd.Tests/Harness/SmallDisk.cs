using System.Globalization;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>A file system of a few mebibytes, in memory. Where none can be mounted the test is skipped and says so.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public SmallDisk(int mebibytes)
    {
        var mount = Tool.Run(
            "mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={mebibytes}m,mode=755"),
            "addergate-test", Path);
        if (mount.Status != 0)
        {
            _directory.Dispose();
            Assert.Skip($"A small file system to fill cannot be mounted here: {mount.Errors.Trim()}");
        }
    }

    public string Path => _directory.Path;

    /// <summary>Leaves no room.</summary>
    public void Fill()
    {
        using var file = File.Create(System.IO.Path.Combine(Path, "filling"));
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Clear() => File.Delete(System.IO.Path.Combine(Path, "filling"));

    public void Dispose()
    {
        // Lazily: a spool file that is still open has no name that anybody could wait for.
        Tool.Run("umount", "--lazy", Path);
        _directory.Dispose();
    }
}
