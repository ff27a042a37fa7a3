using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>Text of clients and numbers, as bytes of a log line.</summary>
internal static class LineText
{
    /// <summary>Most bytes that a client's text takes, cut behind it; a request line fits that Kestrel takes.</summary>
    public const int MaxField = 9 * 1024;

    // Longest escape of a character: \u00ff, or three bytes of UTF-8 as \xe2\x80\xa8; of two that are one, four.
    private const int MaxEscape = 16;

    private const string PlainText =
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    /// <summary>For a field in quotes.</summary>
    public static FieldCharacters Quoted { get; } = new(PlainText);

    // Those that nobody would split a line at, and that texts of clients are full of.
    private const string NeverBetween = "/?-._%";

    /// <summary>For a field without quotes, with what stands before and behind it.</summary>
    public static FieldCharacters Bare(char before, char after) => new(string.Concat(PlainText.Where(
        character => character != ' '
            && (char.IsAsciiLetterOrDigit(character) || NeverBetween.Contains(character)
                || (character != before && character != after)))));

    /// <summary>As Apache does: backslash before quote and backslash, <c>\xhh</c> for all that is not visible ASCII.
    /// </summary>
    public static void WriteApache(FrameBuffer line, string text) => WriteApache(line, text, Quoted, MaxField);

    /// <inheritdoc cref="WriteApache(FrameBuffer, string)"/>
    /// <param name="line">Appended to.</param>
    /// <param name="text">Whatever a client sent.</param>
    /// <param name="plain">What need not be escaped.</param>
    /// <param name="most">Bytes that it may take, cut behind them.</param>
    public static void WriteApache(FrameBuffer line, string text, FieldCharacters plain, int most) =>
        Write(line, text, plain, most, isJson: false);

    /// <summary>The inside of a JSON string, in ASCII.</summary>
    public static void WriteJson(FrameBuffer line, string text) => Write(line, text, Quoted, MaxField, isJson: true);

    public static void WriteNumber(FrameBuffer line, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        _ = Utf8Formatter.TryFormat(value, digits, out var length);
        line.WriteBytes(digits[..length]);
    }

    public static void WriteAddress(FrameBuffer line, IPAddress? address)
    {
        Span<byte> text = stackalloc byte[65];
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        if (plain is not null && plain.TryFormat(text, out var length))
        {
            line.WriteBytes(text[..length]);
        }
        else
        {
            line.WriteByte((byte)'-');
        }
    }

    private static void Write(FrameBuffer line, string text, FieldCharacters characters, int most, bool isJson)
    {
        var plain = text.AsSpan().IndexOfAnyExcept(characters.Plain);
        var head = text.AsSpan(0, Math.Min(plain < 0 ? text.Length : plain, most));
        Encoding.ASCII.GetBytes(head, line.Reserve(head.Length));
        if (plain >= 0)
        {
            WriteEscaped(line, text.AsSpan(head.Length), characters.Plain, most - head.Length, isJson);
        }
    }

    private static void WriteEscaped(FrameBuffer line, ReadOnlySpan<char> text, SearchValues<char> plain, int room, bool isJson)
    {
        Span<byte> escaped = stackalloc byte[MaxEscape];
        while (!text.IsEmpty)
        {
            var taken = 1;
            var length = isJson || text[0] <= '\u00ff'
                ? Escape(text[0], plain, isJson, escaped)
                : EscapeBytes(text, escaped, out taken);
            text = text[taken..];
            room -= length;
            if (room < 0)
            {
                return;
            }

            line.WriteBytes(escaped[..length]);
        }
    }

    /// <summary>What is no byte of its own was decoded from UTF-8, of which Apache would show the bytes.</summary>
    private static int EscapeBytes(ReadOnlySpan<char> text, Span<byte> escaped, out int taken)
    {
        _ = Rune.DecodeFromUtf16(text, out var rune, out taken);
        Span<byte> bytes = stackalloc byte[4];
        var count = rune.EncodeToUtf8(bytes);
        for (var at = 0; at < count; at++)
        {
            "\\x"u8.CopyTo(escaped[(4 * at)..]);
            _ = bytes[at].TryFormat(escaped[((4 * at) + 2)..], out _, "x2", CultureInfo.InvariantCulture);
        }

        return 4 * count;
    }

    private static int Escape(char character, SearchValues<char> plain, bool isJson, Span<byte> escaped)
    {
        escaped[0] = (byte)'\\';
        if (character is '"' or '\\')
        {
            escaped[1] = (byte)character;
            return 2;
        }

        if (plain.Contains(character))
        {
            escaped[0] = (byte)character;
            return 1;
        }

        escaped[1] = (byte)(isJson ? 'u' : 'x');
        var format = isJson ? "x4" : "x2";
        _ = ((ushort)character).TryFormat(escaped[2..], out var digits, format, CultureInfo.InvariantCulture);
        return 2 + digits;
    }
}
