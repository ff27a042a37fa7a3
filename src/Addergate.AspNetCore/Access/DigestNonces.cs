using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Addergate.AspNetCore.Access;

/// <summary>Nonces that need no memory: the time, and a hash of it with a key that only this process has. After a front end's
/// end its nonces are another's, and browsers ask their users once more. Thread-safe.</summary>
internal sealed class DigestNonces(TimeProvider time)
{
    /// <summary>As Apache's AuthDigestNonceLifetime.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int Size = sizeof(long) + 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Next()
    {
        Span<byte> nonce = stackalloc byte[Size];
        Fill(nonce, time.GetTimestamp());
        return Convert.ToBase64String(nonce);
    }

    public NonceVerdict Judge(string text)
    {
        Span<byte> said = stackalloc byte[Size];
        if (!Convert.TryFromBase64String(text, said, out var length) || length != Size)
        {
            return NonceVerdict.Foreign;
        }

        var at = BinaryPrimitives.ReadInt64LittleEndian(said);
        Span<byte> ours = stackalloc byte[Size];
        Fill(ours, at);
        return !CryptographicOperations.FixedTimeEquals(said, ours) ? NonceVerdict.Foreign
            : time.GetElapsedTime(at) > Lifetime ? NonceVerdict.Old
            : NonceVerdict.Good;
    }

    private void Fill(Span<byte> nonce, long at)
    {
        BinaryPrimitives.WriteInt64LittleEndian(nonce, at);
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(_key, nonce[..sizeof(long)], hash);
        hash[..16].CopyTo(nonce[sizeof(long)..]);
    }
}
