using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Addergate.AspNetCore.Access;

/// <summary>Nonces that need no memory before they are used: the time, something random, and a hash of both with a key that only
/// this process has. After a front end's end its nonces are another's, and browsers ask their users once more. Thread-safe.
/// </summary>
internal sealed class DigestNonces(TimeProvider time)
{
    /// <summary>As Apache's AuthDigestNonceLifetime.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int NameSize = 2 * sizeof(long);
    private const int Size = NameSize + 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Next()
    {
        Span<byte> nonce = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64LittleEndian(nonce, time.GetTimestamp());
        RandomNumberGenerator.Fill(nonce[sizeof(long)..NameSize]);
        Sign(nonce);
        return Convert.ToBase64String(nonce);
    }

    /// <param name="text">What a client sent.</param>
    /// <param name="nonce">Which it is, where it is not foreign.</param>
    public NonceVerdict Judge(string text, out DigestNonce nonce)
    {
        nonce = default;
        Span<byte> said = stackalloc byte[Size];
        if (!Convert.TryFromBase64String(text, said, out var length) || length != Size)
        {
            return NonceVerdict.Foreign;
        }

        Span<byte> ours = stackalloc byte[Size];
        said[..NameSize].CopyTo(ours);
        Sign(ours);
        if (!CryptographicOperations.FixedTimeEquals(said, ours))
        {
            return NonceVerdict.Foreign;
        }

        nonce = new DigestNonce(
            BinaryPrimitives.ReadInt64LittleEndian(said), BinaryPrimitives.ReadInt64LittleEndian(said[sizeof(long)..]));
        return time.GetElapsedTime(nonce.At) > Lifetime ? NonceVerdict.Old : NonceVerdict.Good;
    }

    private void Sign(Span<byte> nonce)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(_key, nonce[..NameSize], hash);
        hash[..(Size - NameSize)].CopyTo(nonce[NameSize..]);
    }
}
