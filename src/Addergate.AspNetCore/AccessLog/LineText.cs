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

    // Longest escape of a character: \u00ff.
    private const int MaxEscape = 6;

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
        foreach (var character in text)
        {
            var length = Escape(character, plain, isJson, escaped);
            room -= length;
            if (room < 0)
            {
                return;
            }

            line.WriteBytes(escaped[..length]);
        }
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
