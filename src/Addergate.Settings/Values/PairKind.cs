namespace Addergate.Settings.Values;

/// <summary>A name and a value: two words on the command line, <c>NAME=VALUE</c> elsewhere and here.</summary>
internal static class PairKind
{
    /// <param name="metavar">Stands for both in help.</param>
    /// <param name="syntax">For the reference page.</param>
    internal static ValueKind<NamedText> Of(string metavar, string syntax) =>
        new(metavar, syntax, Parse, pair => Join(pair.Name, pair.Text));

    /// <summary>The same where the value is a path.</summary>
    internal static ValueKind<NamedText> OfPath(string metavar, string syntax) =>
        Of(metavar, syntax) with { Under = Under };

    /// <summary>The path of a URL, and a path on this machine.</summary>
    internal static ValueKind<NamedText> OfUrl(string metavar, string syntax) =>
        new(metavar, syntax, ParseUrl, pair => Join(pair.Name, pair.Text)) { Under = Under };

    /// <summary>An extension of files, and the path of what is done with them.</summary>
    internal static ValueKind<NamedText> OfExtension(string metavar, string syntax) =>
        new(metavar, syntax, ParseExtension, pair => Join(pair.Name, pair.Text)) { Under = Under };

    /// <summary>The path of a URL, and where its requests go.</summary>
    internal static ValueKind<NamedText> OfUrlAndTarget(string metavar, string syntax) =>
        new(metavar, syntax, ParseUrl, pair => Join(pair.Name, pair.Text));

    internal static string Join(string name, string text) => $"{name}={text}";

    private static string Under(string text, string directory) =>
        text.IndexOf('=') is var equals and >= 0 && equals < text.Length - 1
            ? Join(text[..equals], TextKind.Under(text[(equals + 1)..], directory))
            : text;

    private static Parsed<NamedText> Parse(string text)
    {
        var equals = text.IndexOf('=');
        if (equals < 0 || equals == text.Length - 1)
        {
            return Parsed<NamedText>.Wrong("is no name with a value: write NAME=VALUE");
        }

        var name = text[..equals];
        return IsName(name)
            ? new NamedText(name, text[(equals + 1)..])
            : Parsed<NamedText>.Wrong("begins with no name: use letters, digits, dots, dashes and underscores");
    }

    private static Parsed<NamedText> ParseUrl(string text)
    {
        var equals = text.IndexOf('=');
        if (equals < 0 || equals == text.Length - 1 || text[0] != '/')
        {
            return Parsed<NamedText>.Wrong("is no URL with a value: write the path of a URL, as in /static, and the value");
        }

        return text.Contains('\0')
            ? Parsed<NamedText>.Wrong("contains a NUL character")
            : new NamedText(text[..equals], text[(equals + 1)..]);
    }

    /// <summary>With its dot, whether that was written or not.</summary>
    private static Parsed<NamedText> ParseExtension(string text)
    {
        var parsed = Parse(text.StartsWith('.') ? text[1..] : text);
        return parsed.Value is not { } pair
            ? Parsed<NamedText>.Wrong("is no extension with a script: write the extension, as in .md, and the script")
            : pair.Name.Contains('.')
                ? Parsed<NamedText>.Wrong("has more than one extension: only what stands behind the last dot of a name counts")
                : pair with { Name = "." + pair.Name };
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
