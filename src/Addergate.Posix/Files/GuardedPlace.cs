using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Files;

/// <summary>
/// Where a path leads that root is to write to: the directory, open, and the name in it. The way is walked by handle, entry
/// by entry. A link is followed while all on the way is root's; nobody else's, who could lead root into any file. Dispose it.
/// </summary>
public sealed unsafe partial class GuardedPlace : IDisposable
{
    private const int MostLinks = 40; // as the kernel
    private const int LongestPath = 4096;
    private const int LinkOnly = RawFile.CloseOnExec | PathOnly;
    private const int PathOnly = 0x200000;
    private const uint LinkKind = 0xA000;
    private const uint DirectoryKind = 0x4000;
    private const uint WrittenByOthers = 0b010_010;

    private SafeFileHandle _directory;
    private string _path = "";
    private bool _isShared;

    private GuardedPlace(SafeFileHandle root) => _directory = root;

    /// <summary>The entry's name, which may be that of a link only for a descriptor in <c>/proc</c>.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Null when only root has a say in what is there, else who has, for people.</summary>
    public string? Others { get; private set; }

    /// <summary>A path by way of the open directory, for this process alone.</summary>
    public string PathByHandle => $"/proc/self/fd/{_directory.DangerousGetHandle()}/{Name}";

    /// <summary>Finds it; the entry itself need not be there.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="error">errno when the result is null; <see cref="Errno.TooManyLinks"/>: a link is in the way.</param>
    /// <param name="others">Then who has a say there, or null.</param>
    public static GuardedPlace? Find(string path, out int error, out string? others)
    {
        others = null;
        if (DirectoryHandle.Open("/") is not { } root)
        {
            error = Marshal.GetLastPInvokeError();
            return null;
        }

        var place = new GuardedPlace(root);
        error = place.Walk(path);
        if (error == 0)
        {
            return place;
        }

        others = place.Others;
        place.Dispose();
        return null;
    }

    /// <summary>Opens the entry for appending, made when it is not there, where others have a say without waiting for the
    /// reader of a FIFO.</summary>
    /// <returns>Null with errno.</returns>
    public SafeFileHandle? OpenForAppending(uint mode) =>
        RawFile.OpenForAppending(_directory, Name, mode, followsLink: IsOfDescriptors, waits: Others is null);

    public void Dispose() => _directory.Dispose();

    // What stands behind a link there is a file that a process of root's has open, whatever the link says.
    private bool IsOfDescriptors => Others is null
        && _path.StartsWith("/proc/", StringComparison.Ordinal)
        && _path.EndsWith("/fd", StringComparison.Ordinal);

    private int Walk(string path)
    {
        var ahead = new Stack<string>();
        Push(ahead, path);
        var links = 0;
        while (ahead.TryPop(out var name))
        {
            var isLast = ahead.Count == 0;
            using var entry = Open(name, out var error);
            if (entry is null)
            {
                Judge(owner: null);
                Name = name;
                return isLast && error == Errno.NoEntry ? 0 : error;
            }

            if (Ownership.Get(entry) is not { } stat)
            {
                return Marshal.GetLastPInvokeError();
            }

            if (stat.Kind == DirectoryKind)
            {
                Enter(name, entry, stat.User, stat.Mode);
                continue;
            }

            Judge(stat.User);
            if (stat.Kind == LinkKind && !(isLast && IsOfDescriptors))
            {
                if (Others is not null || ++links > MostLinks || Target(entry) is not { } target)
                {
                    return Errno.TooManyLinks;
                }

                if (target.StartsWith('/') && !TryGoToRoot())
                {
                    return Marshal.GetLastPInvokeError();
                }

                Push(ahead, target);
                continue;
            }

            Name = name;
            return isLast ? 0 : Errno.NotDirectory;
        }

        return Errno.IsDirectory;
    }

    /// <summary>Whether the next entry is root's doing: where others can write too, only what belongs to root is.</summary>
    private void Judge(uint? owner)
    {
        if (_isShared && owner != 0)
        {
            Others ??= $"others than root can write in {_path}";
        }
    }

    private void Enter(string name, SafeFileHandle entry, uint owner, uint mode)
    {
        _path = name == ".." ? Path.GetDirectoryName(_path)?.TrimEnd('/') ?? "" : $"{_path}/{name}";
        Others ??= owner == 0 ? null : $"{_path} belongs to user {owner}";
        _isShared = (mode & WrittenByOthers) != 0;
        _directory.Dispose();
        _directory = new SafeFileHandle(entry.DangerousGetHandle(), ownsHandle: true);
        entry.SetHandleAsInvalid();
    }

    private bool TryGoToRoot()
    {
        if (DirectoryHandle.Open("/") is not { } root)
        {
            return false;
        }

        _directory.Dispose();
        _directory = root;
        _path = "";
        _isShared = false;
        return true;
    }

    private SafeFileHandle? Open(string name, out int error)
    {
        var descriptor = RawFile.OpenAt(_directory, name, LinkOnly | RawFile.NoFollow, 0);
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static void Push(Stack<string> ahead, string path)
    {
        foreach (var name in path.Split('/').Reverse())
        {
            if (name is not ("" or "."))
            {
                ahead.Push(name);
            }
        }
    }

    private static string? Target(SafeFileHandle link)
    {
        var bytes = stackalloc byte[LongestPath];
        fixed (byte* empty = "\0"u8)
        {
            var length = ReadLink(link, empty, bytes, LongestPath);
            return length is > 0 and < LongestPath ? Encoding.UTF8.GetString(bytes, (int)length) : null;
        }
    }

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    private static partial nint ReadLink(SafeFileHandle link, byte* path, byte* target, nuint size);
}
