using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Addergate.Posix.Identity;

/// <summary>Passwords as htpasswd(1) hashes them: bcrypt, apr1, SHA-1, and all that the system's crypt(3) knows. Not plain text,
/// which htpasswd makes on Windows alone.</summary>
public static class PasswordHash
{
    // struct crypt_data of libxcrypt; older ones of glibc have 128 KiB.
    private const int CryptData = 256 * 1024;

    private static readonly nint CryptFunction = FindCrypt();

    /// <summary>Whether a password is the one; null when the hash is of a kind that is not known here. Takes as long as the hash
    /// is meant to take.</summary>
    /// <param name="password">What a client said; without NUL.</param>
    /// <param name="hash">From the file.</param>
    public static bool? Check(string password, string hash)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        var computed = hash.StartsWith("{SHA}", StringComparison.Ordinal) ? Sha1(bytes)
            : hash.StartsWith(Apr1Hash.Prefix, StringComparison.Ordinal) ? Apr1Hash.Compute(bytes, hash)
            : Crypt(bytes, hash);
        return computed is null
            ? null
            : CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(computed), Encoding.ASCII.GetBytes(hash));
    }

#pragma warning disable CA5350 // What htpasswd -s wrote.
    private static string Sha1(byte[] password) => "{SHA}" + Convert.ToBase64String(SHA1.HashData(password));
#pragma warning restore CA5350

    private static unsafe string? Crypt(byte[] password, string setting)
    {
        if (CryptFunction == 0)
        {
            return null;
        }

        var data = Marshal.AllocHGlobal(CryptData);
        try
        {
            new Span<byte>((void*)data, CryptData).Clear();
            nint found;
            fixed (byte* phrase = (byte[])[.. password, 0])
            fixed (byte* with = (byte[])[.. Encoding.UTF8.GetBytes(setting), 0])
            {
                found = ((delegate* unmanaged<byte*, byte*, nint, nint>)CryptFunction)(phrase, with, data);
            }

            // "*0" and "*1" say that the setting makes no sense.
            return found == 0 || Marshal.PtrToStringUTF8(found) is not { Length: > 2 } text || text[0] == '*' ? null : text;
        }
        finally
        {
            Marshal.FreeHGlobal(data);
        }
    }

    /// <summary>0 where the system has none: the library has another name on Fedora than on Debian.</summary>
    private static nint FindCrypt()
    {
        foreach (var name in (string[])["libcrypt.so.1", "libcrypt.so.2"])
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "crypt_r", out var function))
            {
                return function;
            }
        }

        return 0;
    }
}
