using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Addergate.AspNetCore.Access;

/// <summary>What an answer was about, as a hash of its parts: of one size whatever clients send, without passwords in it, and
/// different whenever a part is, wherever it begins and ends.</summary>
internal sealed class AnswerKey : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public AnswerKey Add(string? part)
    {
        var bytes = Encoding.UTF8.GetBytes(part ?? "");
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
        return this;
    }

    /// <summary>The key. Once.</summary>
    public string Take() => Convert.ToHexString(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    public static string Of(params ReadOnlySpan<string?> parts)
    {
        using var key = new AnswerKey();
        foreach (var part in parts)
        {
            key.Add(part);
        }

        return key.Take();
    }
}
