using Addergate.Posix.Files;
using Addergate.Posix.Identity;

namespace Addergate.Cli.Setup;

/// <summary>
/// A directory that a server is set up in, and the files in it. It belongs to whoever sets up, who may be root; the
/// application, which may be somebody else, writes in a directory below it, and in no other.
/// </summary>
/// <param name="Directory">Absolute: what <c>--server-root</c> names.</param>
/// <param name="ConfigurationName">Which of the formats was chosen.</param>
internal sealed record SetupPlace(string Directory, string ConfigurationName)
{
    internal const string ControlScriptName = "addergatectl";

    private const uint OthersWrite = 0b010;

    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    internal string ConfigurationFile => Path.Combine(Directory, ConfigurationName);

    internal string ControlScript => Path.Combine(Directory, ControlScriptName);

    internal string EnvironmentFile => Path.Combine(Directory, "envvars");

    internal string Record => Path.Combine(Directory, ".written");

    internal string Logs => Path.Combine(Directory, "logs");

    /// <summary>What the server prints: before it has opened its logs, or instead of them. Begun anew at each start.</summary>
    internal string ConsoleLog => Path.Combine(Logs, "console_log");

    /// <summary>The server root of the running server, which makes it itself.</summary>
    internal string State => Path.Combine(Directory, "run");

    /// <summary>Where the server was told to write it, or here.</summary>
    internal string PidFile { get; init; } = Path.Combine(Directory, "addergate.pid");

    /// <summary>Makes the directories; null, or the reason for people why they cannot be used.</summary>
    internal string? Prepare()
    {
        try
        {
            System.IO.Directory.CreateDirectory(Directory, Open);
            if (Ownership.Get(Directory) is not { } stat)
            {
                return $"cannot look at {Directory}";
            }

            // A script that root runs must not be somebody else's to change.
            if (stat.User != 0 && stat.User != CurrentIdentity.EffectiveUser)
            {
                return $"{Directory} belongs to user {stat.User}; name another directory with --server-root";
            }

            if ((stat.Mode & OthersWrite) != 0)
            {
                return $"{Directory} can be written by everybody; name another directory with --server-root";
            }

            System.IO.Directory.CreateDirectory(Logs, Open);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"cannot make {Directory}: {refused.Message}";
        }
    }
}
