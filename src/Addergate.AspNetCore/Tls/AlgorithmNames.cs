using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;

namespace Addergate.AspNetCore.Tls;

/// <summary>Algorithms under the names that OpenSSL, and so mod_ssl, gives them.</summary>
internal static class AlgorithmNames
{
    // Enum.ToString() is too much for each request, and few suites are ever in use.
    private static readonly ConcurrentDictionary<TlsCipherSuite, byte[]> Suites = new();

    /// <summary>Of keys and signatures; the number itself where it has no name here.</summary>
    public static string Of(Oid algorithm) => algorithm.Value switch
    {
        "1.2.840.113549.1.1.1" => "rsaEncryption",
        "1.2.840.113549.1.1.5" => "sha1WithRSAEncryption",
        "1.2.840.113549.1.1.10" => "rsassaPss",
        "1.2.840.113549.1.1.11" => "sha256WithRSAEncryption",
        "1.2.840.113549.1.1.12" => "sha384WithRSAEncryption",
        "1.2.840.113549.1.1.13" => "sha512WithRSAEncryption",
        "1.2.840.10045.2.1" => "id-ecPublicKey",
        "1.2.840.10045.4.3.2" => "ecdsa-with-SHA256",
        "1.2.840.10045.4.3.3" => "ecdsa-with-SHA384",
        "1.2.840.10045.4.3.4" => "ecdsa-with-SHA512",
        "1.3.101.112" => "ED25519",
        "1.3.101.113" => "ED448",
        var other => other ?? "",
    };

    /// <summary>ASCII: <c>TLS_AES_256_GCM_SHA384</c>, <c>ECDHE-RSA-AES128-GCM-SHA256</c>.</summary>
    public static byte[] Of(TlsCipherSuite suite) =>
        Suites.GetOrAdd(suite, static suite => Encoding.ASCII.GetBytes(OpenSslName(suite.ToString())));

    /// <summary>Bits of the cipher's key.</summary>
    public static ReadOnlySpan<byte> KeyBits(ReadOnlySpan<byte> suite) =>
        suite.IndexOf("128"u8) >= 0 ? "128"u8 : "256"u8;

    /// <param name="name">In the registry of TLS: <c>TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256</c>.</param>
    internal static string OpenSslName(string name)
    {
        // Those of TLS 1.3 have no key exchange in their names, and OpenSSL took them over.
        var with = name.IndexOf("_WITH_", StringComparison.Ordinal);
        if (with < 0)
        {
            return name;
        }

        var exchange = name["TLS_".Length..with];
        var cipher = name[(with + "_WITH_".Length)..]
            .Replace("AES_", "AES", StringComparison.Ordinal)
            .Replace("_CBC", "", StringComparison.Ordinal)
            .Replace("POLY1305_SHA256", "POLY1305", StringComparison.Ordinal);
        return (exchange == "RSA" ? cipher : $"{exchange}-{cipher}").Replace('_', '-');
    }
}
