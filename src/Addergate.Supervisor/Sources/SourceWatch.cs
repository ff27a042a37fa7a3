namespace Addergate.Supervisor.Sources;

/// <summary>Notices when files change, appear or vanish; touching one is enough. Only names and times are looked at: the
/// supervisor may be root, and the files are the user's. Used by one thread.</summary>
/// <param name="most">Files that are watched at most: a traceback of a deep recursion, or one of a generated program, must
/// not make every look a long one.</param>
internal sealed class SourceWatch(int most = 200)
{
    private readonly Dictionary<string, (DateTime Written, long Length)> _files = [];
    private bool _isChanging;

    /// <summary>Watches more files, as they are now.</summary>
    public void Add(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (_files.Count < most)
            {
                _files.TryAdd(path, Stamp(path));
            }
        }
    }

    public SourceChange Look()
    {
        var isDifferent = false;
        foreach (var (path, seen) in _files)
        {
            var stamp = Stamp(path);
            if (stamp != seen)
            {
                // Changing a value does not disturb the enumeration.
                _files[path] = stamp;
                isDifferent = true;
            }
        }

        var settled = _isChanging && !isDifferent;
        _isChanging = isDifferent;
        return isDifferent ? SourceChange.Changing : settled ? SourceChange.Settled : SourceChange.None;
    }

    private static (DateTime Written, long Length) Stamp(string path)
    {
        var file = new FileInfo(path);
        try
        {
            return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone in the same moment, or not for us to see.
            return default;
        }
    }
}
