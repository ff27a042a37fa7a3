using System.Runtime.InteropServices;

namespace Addergate.Posix.Identity;

/// <summary>pwd.h and grp.h: users and groups from wherever the system keeps them (NSS).</summary>
public static unsafe partial class UserDatabase
{
    // Grown on ERANGE; a group with thousands of members needs more than any first guess.
    private const int FirstBufferSize = 4096;
    private const int LargestBufferSize = 1 << 24;

    private delegate int Query(void* entry, byte* buffer, nuint size, void** result);

    /// <summary>Null when there is no such user.</summary>
    public static UserEntry? FindUser(string name) =>
        Find((entry, buffer, size, result) => FindUserByName(name, entry, buffer, size, result), ReadUser);

    /// <inheritdoc cref="FindUser(string)"/>
    public static UserEntry? FindUser(uint userId) =>
        Find((entry, buffer, size, result) => FindUserById(userId, entry, buffer, size, result), ReadUser);

    /// <summary>The gid of a group, or null when there is no such group.</summary>
    public static uint? FindGroup(string name) =>
        Find<uint?>((entry, buffer, size, result) => FindGroupByName(name, entry, buffer, size, result), ReadGroup);

    /// <summary>The name of a group, or null when its number has none.</summary>
    public static string? FindGroupName(uint groupId) =>
        Find((entry, buffer, size, result) => FindGroupById(groupId, entry, buffer, size, result), ReadGroupName);

    private delegate T Reader<T>(byte* entry);

    private static T? Find<T>(Query query, Reader<T> read)
    {
        var entry = stackalloc byte[128];
        for (var size = FirstBufferSize; size <= LargestBufferSize; size *= 4)
        {
            var buffer = (byte*)NativeMemory.Alloc((nuint)size);
            try
            {
                void* found;
                var error = query(entry, buffer, (nuint)size, &found);
                if (error == 0 && found is not null)
                {
                    return read(entry);
                }

                if (error != Errno.Range)
                {
                    return default;
                }
            }
            finally
            {
                NativeMemory.Free(buffer);
            }
        }

        return default;
    }

    // struct passwd on 64-bit Linux: name 0, password 8, uid 16, gid 20, gecos 24, home 32, shell 40.
    private static UserEntry ReadUser(byte* entry) => new(
        Text(entry, 0), *(uint*)(entry + 16), *(uint*)(entry + 20), Text(entry, 32));

    // struct group: name 0, password 8, gid 16, members 24.
    private static uint? ReadGroup(byte* entry) => *(uint*)(entry + 16);

    private static string ReadGroupName(byte* entry) => Text(entry, 0);

    private static string Text(byte* entry, int offset) =>
        Marshal.PtrToStringUTF8(*(nint*)(entry + offset)) ?? "";

    [LibraryImport("libc", EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FindUserByName(string name, void* entry, byte* buffer, nuint size, void** result);

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static partial int FindUserById(uint user, void* entry, byte* buffer, nuint size, void** result);

    [LibraryImport("libc", EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FindGroupByName(string name, void* entry, byte* buffer, nuint size, void** result);

    [LibraryImport("libc", EntryPoint = "getgrgid_r")]
    private static partial int FindGroupById(uint group, void* entry, byte* buffer, nuint size, void** result);
}
