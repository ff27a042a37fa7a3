using Addergate.Wire.Administration;

namespace Addergate.Cli.Administration;

/// <summary>Finds the servers that run on this machine (or in this container) by their control sockets.</summary>
internal static class ListeningSockets
{
    // Num RefCount Protocol Flags Type St Inode Path, unix(7) in proc(5).
    private const int Fields = 8;
    private const string Listens = "00010000";

    /// <summary>Their server roots, each once.</summary>
    internal static IReadOnlyList<string> FindRoots()
    {
        try
        {
            return RootsIn(File.ReadAllLines("/proc/net/unix"));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <param name="table">The lines of /proc/net/unix.</param>
    internal static IReadOnlyList<string> RootsIn(IEnumerable<string> table) =>
    [
        .. table
            .Select(line => line.Split(' ', Fields, StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length == Fields
                && fields[3] == Listens
                && fields[7].EndsWith('/' + AdminEndpoint.FileName, StringComparison.Ordinal))
            .Select(fields => Path.GetDirectoryName(fields[7])!)
            .Where(root => !root.StartsWith("/proc/", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];
}
