using Addergate.Settings.Model;

namespace Addergate.Supervisor.Sources;

/// <summary>The files of one application that are watched: its entry, what its workers have imported, and what a failed start
/// was about.</summary>
internal sealed class ApplicationSources
{
    // A large application with all that it stands on.
    private const int MostImported = 10_000;

    private readonly WorkerSettings _workers;
    private readonly SourceWatch _entry = new();
    private readonly SourceWatch _imported = new(MostImported);
    private readonly SourceWatch _failed = new();

    public ApplicationSources(HostedApplication hosted)
    {
        _workers = hosted.Workers;
        _entry.Add(ApplicationFiles.Entry(hosted.Application));
        _failed.Add(ApplicationFiles.Entry(hosted.Application));
    }

    /// <summary>Files of modules that a worker has imported.</summary>
    public void AddImported(IReadOnlyList<string> files) => _imported.Add(files);

    /// <summary>What a worker or template said when it could not load the application.</summary>
    public void AddFailed(string traceback) => _failed.Add(ApplicationFiles.InTraceback(traceback));

    /// <summary>Looks at them; called once a second.</summary>
    /// <param name="hasFailed">Whether the last reload failed.</param>
    /// <returns>Whether what failed to load may do so now, and whether the application is to be loaded anew.</returns>
    public (bool MayLoad, bool IsChanged) Look(bool hasFailed)
    {
        var failed = _failed.Look();
        var isChanged = _workers.ReloadOnScriptChange && _entry.Look() == SourceChange.Settled;
        if (_workers.ReloadOnChanges)
        {
            // What made a reload fail may be a file that the workers from before have not imported.
            isChanged |= _imported.Look() == SourceChange.Settled || (hasFailed && failed == SourceChange.Settled);
        }

        return (failed != SourceChange.None, isChanged);
    }
}
