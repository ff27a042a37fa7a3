using System.Globalization;
using System.Text;
using Addergate.Posix.Files;
using Addergate.Posix.Terminals;
using Addergate.Settings.Reference;

namespace Addergate.Cli.Terminals;

/// <summary>Standard output or standard error, without System.Console, which would take over signals and the terminal.
/// </summary>
internal sealed class StandardStream
{
    private const int DefaultWidth = 80;

    /// <summary>Longer lines are hard to read, however wide the terminal is.</summary>
    private const int LargestWidth = 110;

    private readonly int _descriptor;

    private StandardStream(int descriptor)
    {
        _descriptor = descriptor;
        IsTerminal = Terminal.IsTerminal(descriptor);
        Style = new TextStyle(IsTerminal && WantsColour());
    }

    internal static StandardStream Output { get; } = new(1);

    internal static StandardStream Error { get; } = new(2);

    internal bool IsTerminal { get; }

    internal TextStyle Style { get; }

    internal int Width
    {
        get
        {
            var written = Environment.GetEnvironmentVariable("COLUMNS");
            var width = int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0
                ? columns
                : Terminal.Width(_descriptor) ?? DefaultWidth;
            return Math.Min(width, LargestWidth);
        }
    }

    /// <summary>Writes all of a text at once, so that other processes' lines do not come between. When the reader is
    /// gone (<c>| head</c>) there is nobody left to tell, and that is all right.</summary>
    internal void Write(string text) => DescriptorWriter.WriteAll(_descriptor, Encoding.UTF8.GetBytes(text));

    /// <summary>https://no-color.org: set to anything but empty.</summary>
    private static bool WantsColour() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
}
