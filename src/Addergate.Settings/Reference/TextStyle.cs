namespace Addergate.Settings.Reference;

/// <summary>ANSI styles, or plain text where they are not wanted.</summary>
/// <param name="Colour">Whether to style at all.</param>
public readonly record struct TextStyle(bool Colour)
{
    public string Heading(string text) => Wrap("1;36", text);

    public string Strong(string text) => Wrap("1", text);

    public string Name(string text) => Wrap("32", text);

    public string Faint(string text) => Wrap("2", text);

    public string Warning(string text) => Wrap("1;33", text);

    public string Error(string text) => Wrap("1;31", text);

    private string Wrap(string codes, string text) => Colour && text.Length > 0 ? $"\e[{codes}m{text}\e[0m" : text;
}
