namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>
/// Everything that came from one server. A process belongs to it when its ancestors lead there, or when its
/// environment carries the mark that the server was started with: an orphan has no such ancestors any more.
/// </summary>
internal sealed class ProcessTree(int root, string mark)
{
    private readonly Dictionary<(int Id, long Started), ProcessInfo> _seen = [];

    /// <summary>What runs now, and remembers it.</summary>
    public List<ProcessInfo> Now()
    {
        var all = ProcessInfo.All();
        var members = new HashSet<int> { root };
        var grown = true;
        while (grown)
        {
            grown = false;
            foreach (var process in all)
            {
                grown |= members.Contains(process.Parent) && members.Add(process.Id);
            }
        }

        var found = all.Where(process =>
            process.State != 'Z'
            && (members.Contains(process.Id)
                || process.Environment().Contains(mark, StringComparison.Ordinal))).ToList();
        foreach (var process in found)
        {
            _seen[(process.Id, process.Started)] = process;
        }

        return found;
    }

    /// <summary>What is left of all that was ever seen.</summary>
    public List<ProcessInfo> Left()
    {
        Now();
        return [.. _seen.Values.Where(static process => process.IsAlive)];
    }
}
