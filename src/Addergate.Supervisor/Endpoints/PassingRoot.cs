using Addergate.Supervisor.Handover;

namespace Addergate.Supervisor.Endpoints;

/// <summary>
/// A server root that nobody named, in a directory for temporary files: disposing removes it when it is empty. What
/// somebody may still want to read, as a startup log, stays, and so does a directory that has a name of its user's.
/// </summary>
/// <param name="path">Null for one that stays.</param>
internal sealed class PassingRoot(string? path) : IDisposable
{
    private string? _path = path;

    /// <summary>Another server goes on with it: the next image of this process, or a <see cref="Successor"/>.</summary>
    public void Keep() => _path = null;

    public void Dispose()
    {
        if (_path is null)
        {
            return;
        }

        try
        {
            Directory.Delete(_path);
        }
        catch (Exception used) when (used is IOException or UnauthorizedAccessException)
        {
            // It has something in it, or is not there.
        }
    }
}
