namespace Addergate.Cli.Administration;

/// <summary>What the command line of an administration command says: which server is meant, and the flags and words that
/// are the command's own.</summary>
internal sealed class ServerChoice
{
    /// <summary>As given to the server, or null to look for it.</summary>
    internal string? ServerRoot { get; private init; }

    /// <summary>The plain port of the server that is meant, or null.</summary>
    internal int? Port { get; private init; }

    internal bool HelpAsked { get; private init; }

    /// <summary>The command's own flags that were given, such as <c>--json</c>.</summary>
    internal IReadOnlyCollection<string> Flags { get; private init; } = [];

    /// <summary>What is no option.</summary>
    internal IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The server with this server root.</summary>
    internal static ServerChoice Of(string serverRoot) => new() { ServerRoot = serverRoot };

    /// <summary>Reads it; null with the reason for people.</summary>
    /// <param name="arguments">What follows the command's name.</param>
    /// <param name="flags">The command's own flags.</param>
    /// <param name="reason">What is wrong.</param>
    internal static ServerChoice? Read(string[] arguments, string[] flags, out string reason)
    {
        string? root = null;
        int? port = null;
        var help = false;
        var given = new HashSet<string>();
        var words = new List<string>();
        reason = "";
        for (var index = 0; index < arguments.Length; index++)
        {
            var (name, value) = arguments[index].Split('=', 2) is [['-', '-', ..] option, var written]
                ? (option, written)
                : (arguments[index], null);
            if (name is "--server-root" or "--port")
            {
                value ??= index + 1 < arguments.Length ? arguments[++index] : null;
                if (string.IsNullOrEmpty(value))
                {
                    reason = $"{name} needs a value";
                    return null;
                }

                if (name == "--server-root")
                {
                    root = Path.GetFullPath(value);
                }
                else if (int.TryParse(value, out var number) && number is > 0 and < 65536)
                {
                    port = number;
                }
                else
                {
                    reason = $"--port: \"{value}\" is no port";
                    return null;
                }
            }
            else if (name is "--help" or "-h")
            {
                help = true;
            }
            else if (flags.Contains(name) && value is null)
            {
                given.Add(name);
            }
            else if (name.StartsWith('-'))
            {
                reason = $"unknown option {name}";
                return null;
            }
            else
            {
                words.Add(arguments[index]);
            }
        }

        return new ServerChoice { ServerRoot = root, Port = port, HelpAsked = help, Flags = given, Words = words };
    }
}
