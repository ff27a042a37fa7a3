using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Files;

/// <summary>Who a file belongs to: lchown(2) and statx(2), neither of which follows a symbolic link.</summary>
public static unsafe partial class Ownership
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFields = 0x7ff;
    private const int StatSize = 256;

    /// <summary>What <see cref="KindOf"/> says of sockets (S_IFSOCK).</summary>
    public const uint Socket = 0xC000;

    private const uint KindMask = 0xF000;

    /// <summary>Gives a file away; false with errno.</summary>
    public static bool TryChange(string path, uint user, uint group) => Change(path, user, group) == 0;

    /// <summary>The owner and the permission bits of a file; null with errno.</summary>
    public static (uint User, uint Group, uint Mode)? Get(string path) =>
        Look(path) is { } stat ? (stat.User, stat.Group, stat.Mode & ~KindMask) : null;

    /// <summary>What a file is, links not followed (S_IFMT); 0 with errno.</summary>
    public static uint KindOf(string path) => Look(path) is { } stat ? stat.Mode & KindMask : 0;

    /// <summary>The owner, the kind (S_IFMT) and the permission bits of what is open, be it with O_PATH; null with errno.
    /// </summary>
    public static (uint User, uint Kind, uint Mode)? Get(SafeFileHandle file) =>
        Look((int)file.DangerousGetHandle(), "", EmptyPath) is { } stat
            ? (stat.User, stat.Mode & KindMask, stat.Mode & ~KindMask)
            : null;

    private static (uint User, uint Group, uint Mode)? Look(string path) => Look(CurrentDirectory, path, NoFollow);

    private static (uint User, uint Group, uint Mode)? Look(int directory, string path, int flags)
    {
        // struct statx: uid at 20, gid at 24, mode (u16) at 28; the same on every machine.
        var fields = stackalloc byte[StatSize];
        if (Stat(directory, path, flags, BasicFields, fields) != 0)
        {
            return null;
        }

        var span = new ReadOnlySpan<byte>(fields, StatSize);
        return (BinaryPrimitives.ReadUInt32LittleEndian(span[20..]),
            BinaryPrimitives.ReadUInt32LittleEndian(span[24..]),
            BinaryPrimitives.ReadUInt16LittleEndian(span[28..]));
    }

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Change(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Stat(int directory, string path, int flags, uint mask, byte* result);
}
