using System.Globalization;
using System.Text;
using Addergate.Posix.Terminals;
using Addergate.Settings.Reference;
using Microsoft.Win32.SafeHandles;

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

    /// <summary>Writes all of a text at once, so that other processes' lines do not come between.</summary>
    internal void Write(string text)
    {
        try
        {
            using var handle = new SafeFileHandle(_descriptor, ownsHandle: false);
            RandomAccess.Write(handle, Encoding.UTF8.GetBytes(text), 0);
        }
        catch (IOException)
        {
            // The reader is gone (| head) or the terminal closed: there is nobody left to tell.
        }
    }

    /// <summary>https://no-color.org: set to anything but empty.</summary>
    private static bool WantsColour() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
}
