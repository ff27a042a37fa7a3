using System.Text;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Which fields may not come behind a body, RFC 9110 6.5.1: those that frame, route, or describe the message, which
/// whoever merges trailers into headers would then obey.
/// </summary>
internal static class TrailerRules
{
    public static bool IsForbidden(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => Is(name, "TE"u8),
        4 => Is(name, "Host"u8),
        6 => Is(name, "Cookie"u8) || Is(name, "Expect"u8),
        7 => Is(name, "Trailer"u8) || Is(name, "Upgrade"u8),
        10 => Is(name, "Connection"u8),
        12 => Is(name, "Content-Type"u8),
        13 => Is(name, "Authorization"u8) || Is(name, "Content-Range"u8),
        14 => Is(name, "Content-Length"u8),
        16 => Is(name, "Content-Encoding"u8),
        17 => Is(name, "Transfer-Encoding"u8),
        _ => false,
    };

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) => Ascii.EqualsIgnoreCase(name, other);
}
