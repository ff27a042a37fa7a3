using System.Security.Cryptography;
using System.Text;

namespace Addergate.Posix.Identity;

/// <summary>Apache's own hash, htpasswd's default: the MD5 crypt of BSD under another name, which crypt(3) does not know.</summary>
internal static class Apr1Hash
{
    public const string Prefix = "$apr1$";

    private const int Rounds = 1000;
    private const int LongestSalt = 8;
    private const string Letters = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <param name="password">Bytes of the password.</param>
    /// <param name="setting">A hash; its salt is taken.</param>
    /// <returns>Null when it has no salt.</returns>
    public static string? Compute(ReadOnlySpan<byte> password, string setting)
    {
        var end = setting.IndexOf('$', Prefix.Length);
        if (end < 0)
        {
            return null;
        }

        var text = setting[Prefix.Length..Math.Min(end, Prefix.Length + LongestSalt)];
        var salt = Encoding.ASCII.GetBytes(text);
        return $"{Prefix}{text}${Encode(Stretch(password, salt, First(password, salt)))}";
    }

#pragma warning disable CA5351 // The algorithm is what it is.
    private static byte[] First(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt)
    {
        byte[] inner = MD5.HashData([.. password, .. salt, .. password]);
        var outer = new List<byte>([.. password, .. Encoding.ASCII.GetBytes(Prefix), .. salt]);
        for (var left = password.Length; left > 0; left -= inner.Length)
        {
            outer.AddRange(inner.AsSpan(0, Math.Min(left, inner.Length)));
        }

        for (var bits = password.Length; bits > 0; bits >>= 1)
        {
            outer.Add((bits & 1) != 0 ? (byte)0 : password[0]);
        }

        return MD5.HashData(outer.ToArray());
    }

    private static byte[] Stretch(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, byte[] hash)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var isOdd = (round & 1) != 0;
            hash = MD5.HashData(
            [
                .. isOdd ? password : hash,
                .. round % 3 != 0 ? salt : [],
                .. round % 7 != 0 ? password : [],
                .. isOdd ? hash : password,
            ]);
        }

        return hash;
    }
#pragma warning restore CA5351

    private static string Encode(byte[] hash)
    {
        var text = new StringBuilder(22);
        foreach (var (a, b, c) in ((int, int, int)[])[(0, 6, 12), (1, 7, 13), (2, 8, 14), (3, 9, 15), (4, 10, 5)])
        {
            Append((hash[a] << 16) | (hash[b] << 8) | hash[c], 4);
        }

        Append(hash[11], 2);
        return text.ToString();

        void Append(int value, int count)
        {
            for (; count > 0; count--, value >>= 6)
            {
                text.Append(Letters[value & 0x3f]);
            }
        }
    }
}
