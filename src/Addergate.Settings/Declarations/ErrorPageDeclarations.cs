using System.Globalization;
using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Pages for errors.</summary>
public static class ErrorPageDeclarations
{
    public static Setting<NamedText> Document { get; } = new()
    {
        Name = "error-document",
        Group = SettingGroup.Static,
        Kind = new(
            "STATUS PAGE",
            "a status from 400 to 599, and the path of a URL of the site, file:/PATH, a relative path of a file, or a whole URL",
            Parse,
            static pair => PairKind.Join(pair.Name, pair.Text))
        {
            Under = static (text, directory) => text.IndexOf('=') is var equals and >= 0 && IsRelative(text[(equals + 1)..])
                ? PairKind.Join(text[..equals], TextKind.Under(text[(equals + 1)..], directory))
                : text,
        },
        Form = SettingForm.RepeatedPair,
        VariableSeparator = ' ',
        Provenance = "mod_wsgi-express --error-document (URLs and texts there; files, too, here)",
        Help = "Show this page for an error that the server answers with; the status stays",
    };

    public static Setting<bool> Override { get; } = new()
    {
        Name = "error-override",
        Group = SettingGroup.Static,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --error-override",
        Help = "Show these pages in place of the application's own, too",
    };

    internal const string FilePrefix = "file:";

    internal static bool IsElsewhere(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool IsRelative(string text) =>
        text.Length > 0 && text[0] != '/' && !IsElsewhere(text) && !text.StartsWith(FilePrefix, StringComparison.Ordinal);

    private static Parsed<NamedText> Parse(string text)
    {
        var equals = text.IndexOf('=');
        if (equals < 0 || equals == text.Length - 1)
        {
            return Parsed<NamedText>.Wrong("is no status with a page: write STATUS PAGE, as in 404 errors/404.html");
        }

        return int.TryParse(text.AsSpan(0, equals), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status is >= 400 and <= 599
            ? new NamedText(text[..equals], text[(equals + 1)..])
            : Parsed<NamedText>.Wrong($"begins with no status of an error: {text[..equals]} is not in 400 to 599");
    }
}
