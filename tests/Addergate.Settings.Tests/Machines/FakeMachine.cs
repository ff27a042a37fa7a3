using System.Text;
using Addergate.Settings.Machines;

namespace Addergate.Settings.Tests.Machines;

/// <summary>A machine of a test's own: a few files, users and variables. An ordinary user in /srv unless told otherwise.
/// </summary>
internal sealed class FakeMachine : IMachine
{
    private readonly Dictionary<string, string> _variables = new() { ["PATH"] = "/usr/bin:/bin" };
    private readonly HashSet<string> _files = [];
    private readonly Dictionary<string, byte[]> _contents = [];
    private readonly HashSet<string> _directories = ["/"];

    public FakeMachine()
    {
        Directory("/srv", "/tmp", "/bin");
        Files("/usr/bin/python3", "/srv/app.wsgi");
    }

    public string CurrentDirectory { get; init; } = "/srv";

    public int ProcessId { get; init; } = 4711;

    public uint EffectiveUserId { get; init; } = 1000;

    public IReadOnlyDictionary<string, string> Variables => _variables;

    public HashSet<string> Unreadable { get; } = [];

    public HashSet<string> NotExecutable { get; } = [];

    public FakeMachine Files(params string[] paths)
    {
        foreach (var path in paths)
        {
            _files.Add(path);
            Directory(Path.GetDirectoryName(path)!);
        }

        return this;
    }

    public FakeMachine File(string path, string content)
    {
        _contents[path] = Encoding.UTF8.GetBytes(content);
        return Files(path);
    }

    public FakeMachine Directory(params string[] paths)
    {
        foreach (var path in paths)
        {
            for (var place = path; place is not null; place = Path.GetDirectoryName(place))
            {
                _directories.Add(place);
            }
        }

        return this;
    }

    public FakeMachine Without(string path)
    {
        _files.Remove(path);
        return this;
    }

    public FakeMachine Set(string name, string value)
    {
        _variables[name] = value;
        return this;
    }

    public PathKind KindOf(string path) =>
        _files.Contains(path) ? PathKind.File : _directories.Contains(path) ? PathKind.Directory : PathKind.Missing;

    public string? ProblemReading(string path) => Unreadable.Contains(path) ? "Permission denied" : null;

    public byte[] ReadBeginning(string path, int most) =>
        _contents.GetValueOrDefault(path, []) is var content && content.Length > most ? content[..most] : content;

    public bool IsExecutable(string path) => !NotExecutable.Contains(path);

    public IEnumerable<string> NamesIn(string directory) =>
        _files.Concat(_directories).Where(path => Path.GetDirectoryName(path) == directory).Select(path => Path.GetFileName(path)!);

    public UserEntry? FindUser(string name) => name switch
    {
        "root" => new UserEntry(0, 0, "root"),
        "www-data" => new UserEntry(33, 33, "www-data"),
        "alice" => new UserEntry(1000, 1000, "alice"),
        _ => null,
    };

    public UserEntry? FindUser(uint id) => id switch
    {
        0 => FindUser("root"),
        33 => FindUser("www-data"),
        1000 => FindUser("alice"),
        _ => null,
    };

    public GroupEntry? FindGroup(string name) => name switch
    {
        "www-data" => new GroupEntry(33, name),
        "adm" => new GroupEntry(4, name),
        _ => null,
    };

    public GroupEntry? FindGroup(uint id) => id == 33 ? new GroupEntry(33, "www-data") : null;
}
