namespace Addergate.AspNetCore.Requests;

/// <summary>
/// Ids of requests for logs: 13 characters, unique in this process and very likely among all, and never in an order
/// that would tell a client how busy the server is. Thread-safe.
/// </summary>
internal static class RequestIds
{
    private const int Length = 13;

    private static ulong _last = (ulong)Random.Shared.NextInt64();

    public static string Next() => string.Create(Length, Scramble(Interlocked.Increment(ref _last)), static (text, id) =>
    {
        const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = Digits[(int)(id & 31)];
            id >>= 5;
        }
    });

    // The finalizer of splitmix64: a bijection, so different numbers stay different.
    private static ulong Scramble(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
