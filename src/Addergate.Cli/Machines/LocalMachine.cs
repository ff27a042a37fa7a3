using System.Collections;
using System.Text;
using Addergate.Posix.Identity;
using Addergate.Settings.Machines;
using FileAccess = Addergate.Posix.Files.FileAccess;
using UserEntry = Addergate.Settings.Machines.UserEntry;

namespace Addergate.Cli.Machines;

/// <summary>The machine that the command runs on.</summary>
/// <param name="variables">An environment other than the command's own, for what a later start will find.</param>
/// <param name="laterDirectories">Absolute paths of directories that will be there by then.</param>
internal sealed class LocalMachine(
    IReadOnlyDictionary<string, string>? variables = null, IReadOnlyList<string>? laterDirectories = null) : IMachine
{
    public string CurrentDirectory { get; } = Environment.CurrentDirectory;

    public int ProcessId => Environment.ProcessId;

    public uint EffectiveUserId { get; } = CurrentIdentity.EffectiveUser;

    public IReadOnlyDictionary<string, string> Variables { get; } = variables ?? ReadVariables();

    /// <summary>argv[0], which .NET does not tell; null without /proc.</summary>
    internal string? InvokedAs { get; } = ReadFirstArgument();

    /// <summary>This program by the name under which the user started it, absolute: that may be a link which points to
    /// another version later.</summary>
    internal string ProgramAsInvoked(Layout layout)
    {
        var places = InvokedAs switch
        {
            null or "" => [],
            var name when name.Contains('/') => [Path.GetFullPath(name, CurrentDirectory)],
            var name => Variables.GetValueOrDefault("PATH", "").Split(':')
                .Where(static directory => directory.StartsWith('/'))
                .Select(directory => Path.Combine(directory, name)),
        };
        return places.FirstOrDefault(IsProgram, layout.Program);

        bool IsProgram(string path) => File.Exists(path) && IsExecutable(path);
    }

    public PathKind KindOf(string path) =>
        File.Exists(path) ? PathKind.File
        : Directory.Exists(path) || laterDirectories?.Contains(path) == true ? PathKind.Directory
        : PathKind.Missing;

    public string? ProblemReading(string path) => FileAccess.ProblemReading(path);

    public byte[] ReadBeginning(string path, int most)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var content = new MemoryStream();
            var block = new byte[16 * 1024];
            while (content.Length < most && file.Read(block, 0, (int)Math.Min(block.Length, most - content.Length)) is var count and > 0)
            {
                content.Write(block, 0, count);
            }

            return content.ToArray();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public bool IsExecutable(string path) => FileAccess.IsExecutable(path);

    public IEnumerable<string> NamesIn(string directory)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).ToArray();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public UserEntry? FindUser(string name) => Entry(UserDatabase.FindUser(name));

    public UserEntry? FindUser(uint id) => Entry(UserDatabase.FindUser(id));

    public GroupEntry? FindGroup(string name) =>
        UserDatabase.FindGroup(name) is { } id ? new GroupEntry(id, name) : null;

    public GroupEntry? FindGroup(uint id) =>
        UserDatabase.FindGroupName(id) is { } name ? new GroupEntry(id, name) : null;

    private static UserEntry? Entry(Posix.Identity.UserEntry? user) =>
        user is null ? null : new UserEntry(user.UserId, user.GroupId, user.Name);

    private static string? ReadFirstArgument()
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).Split('\0')[0];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> ReadVariables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }
}
