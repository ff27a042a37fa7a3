using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Addergate.Posix.Files;

/// <summary>statx(2) of an open descriptor: which file it is, whatever it is called.</summary>
public static unsafe partial class FileIdentity
{
    private const int EmptyPath = 0x1000;
    private const uint InodeField = 0x0100;
    private const int StatSize = 256;
    private const uint TypeAndLinkFields = 0x0001 | 0x0004;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int SocketType = 0xC000;

    /// <summary>Device and inode as stat(2) has them; false with errno.</summary>
    public static bool TryGet(int descriptor, out ulong device, out ulong inode)
    {
        // struct statx: inode (u64) at 32, device major and minor (u32) at 136 and 140; the same on every machine.
        var fields = stackalloc byte[StatSize];
        fixed (byte* empty = "\0"u8)
        {
            if (Stat(descriptor, empty, EmptyPath, InodeField, fields) != 0)
            {
                device = inode = 0;
                return false;
            }
        }

        var span = new ReadOnlySpan<byte>(fields, StatSize);
        inode = BinaryPrimitives.ReadUInt64LittleEndian(span[32..]);
        ulong major = BinaryPrimitives.ReadUInt32LittleEndian(span[136..]);
        ulong minor = BinaryPrimitives.ReadUInt32LittleEndian(span[140..]);
        // As makedev(3) of the C library.
        device = ((major & ~0xFFFUL) << 32) | ((major & 0xFFF) << 8) | ((minor & ~0xFFUL) << 12) | (minor & 0xFF);
        return true;
    }

    /// <summary>Whether it is an ordinary file with one name; no in case of doubt.</summary>
    public static bool IsFileOfOneName(int descriptor) => Kind(descriptor, out var links) == RegularType && links == 1;

    /// <summary>Whether it is a socket, or the file of one; no in case of doubt.</summary>
    public static bool IsSocket(int descriptor) => Kind(descriptor, out _) == SocketType;

    private static int Kind(int descriptor, out uint links)
    {
        // struct statx: number of links (u32) at 16, mode (u16) at 28; the same on every machine.
        var fields = stackalloc byte[StatSize];
        fixed (byte* empty = "\0"u8)
        {
            var isKnown = Stat(descriptor, empty, EmptyPath, TypeAndLinkFields, fields) == 0;
            links = isKnown ? *(uint*)(fields + 16) : 0;
            return isKnown ? *(ushort*)(fields + 28) & TypeMask : 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int Stat(int directory, byte* path, int flags, uint mask, byte* fields);
}
