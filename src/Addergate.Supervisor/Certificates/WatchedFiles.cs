namespace Addergate.Supervisor.Certificates;

/// <summary>
/// Files that make sense only together, such as a certificate and its key. They are compared by content rather than by
/// time: a file may be replaced within one tick of its file system's clock, or by a link to another with the same times.
/// Used by one thread.
/// </summary>
/// <param name="files">What to call each in messages, and its path.</param>
/// <param name="judge">Why their contents cannot be used, for people, or null.</param>
internal sealed class WatchedFiles(
    IReadOnlyList<(string What, string Path)> files, Func<IReadOnlyList<string>, CertificateProblem?> judge)
{
    // What replaces a file may take it away first; after so many looks nobody is about to put another there.
    private const int MostLooksAway = 10;

    private string[] _seen = [];
    private string? _told;
    private int _looksAway;

    /// <summary>The contents that were read last and made sense; empty before.</summary>
    public IReadOnlyList<string> InForce { get; private set; } = [];

    /// <summary>Reads them. What cannot be read or makes no sense leaves what was in force, and is told of once; a file that
    /// is away only when it stays away: it may be about to be replaced.</summary>
    /// <param name="isNew">Whether <see cref="InForce"/> is another now.</param>
    /// <returns>Null, or what is wrong, for people.</returns>
    public string? Refresh(out bool isNew)
    {
        isNew = false;
        var contents = new string[files.Count];
        for (var index = 0; index < contents.Length; index++)
        {
            var reading = CertificateText.Read(files[index].Path, files[index].What, out contents[index]);
            if (reading != CertificateReading.Read)
            {
                return Unread(contents[index], reading);
            }
        }

        (_told, _looksAway) = (null, 0);
        if (contents.AsSpan().SequenceEqual(_seen))
        {
            return null;
        }

        _seen = contents;
        if (judge(contents) is { } problem)
        {
            return problem.ToString();
        }

        isNew = true;
        InForce = contents;
        return null;
    }

    private string? Unread(string reason, CertificateReading reading)
    {
        if (InForce.Count == 0)
        {
            return reason;
        }

        _looksAway = reading == CertificateReading.Away ? _looksAway + 1 : MostLooksAway;
        if (_looksAway < MostLooksAway || reason == _told)
        {
            return null;
        }

        _told = reason;
        return reason;
    }
}
