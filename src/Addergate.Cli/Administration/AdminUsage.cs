using System.Text;
using Addergate.Settings.Reference;

namespace Addergate.Cli.Administration;

/// <summary>The help of a command for a running server.</summary>
/// <param name="Name">The command.</param>
/// <param name="Synopsis">The command with its argument.</param>
/// <param name="Text">What it does, in lines of at most 78 characters.</param>
/// <param name="Options">Its own options with what they do.</param>
internal sealed record AdminUsage(
    string Name, string Synopsis, string Text, params (string Option, string Text)[] Options)
{
    private static readonly (string Option, string Text)[] Common =
    [
        ("--port PORT", "the server that listens on this port"),
        ("--server-root DIR", "the server with this server root (also: ADDERGATE_SERVER_ROOT)"),
        ("-h, --help", "this text"),
    ];

    internal string Write(TextStyle style)
    {
        var text = new StringBuilder();
        text.Append(style.Heading("Usage:")).Append($" addergate {Synopsis} [options]\n\n").Append(Text).Append("\n\n");
        text.Append(style.Heading("Options:")).Append('\n');
        foreach (var (option, meaning) in Options.Concat(Common))
        {
            text.Append("  ").Append(style.Name(option)).Append(' ', 20 - option.Length).Append(meaning).Append('\n');
        }

        return text.Append("\nWithout --port and --server-root it is the only server that runs here.\n").ToString();
    }
}
