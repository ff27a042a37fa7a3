namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>Proportional memory of each role since the watch began.</summary>
internal sealed class MemoryWatch
{
    private readonly ServerProcess _server;
    private readonly Dictionary<string, (long First, long Most, long Last)> _roles = [];

    public MemoryWatch(ServerProcess server)
    {
        _server = server;
        Look();
    }

    public long LargestGrowthKiB => _roles.Values.Max(static role => role.Most - role.First);

    public void Look()
    {
        Note("supervisor", ProcessInfo.Read(_server.Id)!);
        Note("front end", _server.FrontEnd());
        Note("worker", _server.Workers()[0]);
    }

    public IEnumerable<string> Lines() => _roles.Select(static role =>
        $"{role.Key} PSS {role.Value.First / 1024} MiB before, {role.Value.Most / 1024} at most, "
        + $"{role.Value.Last / 1024} after");

    private void Note(string role, ProcessInfo process)
    {
        var now = process.ProportionalKiB();
        _roles[role] = _roles.TryGetValue(role, out var seen)
            ? (seen.First, Math.Max(seen.Most, now), now)
            : (now, now, now);
    }
}
