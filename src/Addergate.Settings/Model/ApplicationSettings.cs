using System.Diagnostics.CodeAnalysis;

namespace Addergate.Settings.Model;

/// <summary>What is served.</summary>
public sealed record ApplicationSettings
{
    public required ApplicationType Type { get; init; }

    /// <summary>Absolute path of the script or configuration, or dotted module name; empty for the welcome page, and the directory
    /// where there is no application.</summary>
    public required string Entry { get; init; }

    /// <summary>Name of the callable in it; a factory call keeps its parentheses: <c>create_app()</c>.</summary>
    public required string Callable { get; init; }

    /// <summary>Absolute; the workers' current directory and first entry of <c>sys.path</c>.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Directories added as by <c>site.addsitedir</c> and moved to the front of <c>sys.path</c>.</summary>
    public required IReadOnlyList<string> PythonPath { get; init; }

    /// <summary>URL that it is below, without a slash at the end: empty for the whole site.</summary>
    public string MountPoint { get; init; } = "";

    /// <summary><c>mod_wsgi.process_group</c>; null = <c>localhost:PORT</c>.</summary>
    public string? ProcessGroup { get; init; }

    /// <summary>Keys that every environ has.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Each extension once.</summary>
    public IReadOnlyList<FileHandler> Handlers { get; init; } = [];

    /// <summary>Absolute path of the script that chooses the application for each request, or null.</summary>
    public string? DispatchScript { get; init; }

    /// <summary>Sets variables of the processes' environment, or null.</summary>
    public EnvironmentScript? EnvironmentScript { get; init; }

    /// <summary>What an application of the type <see cref="ApplicationType.Access"/> consists of; null for others.</summary>
    public AccessScripts? Access { get; init; }

    /// <summary>Whether Python runs for requests.</summary>
    public bool NeedsWorkers => Type != ApplicationType.Static || Handlers.Count > 0;

    /// <summary>Whether HEAD is GET to the application.</summary>
    public bool MapHeadToGet { get; init; }

    /// <summary>Directory that its workers cannot leave, or null. All paths here are those outside.</summary>
    public string? Root { get; init; }

    /// <summary>A path here as the workers know it.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public string? PathInside(string? path) => Root is null || path is null ? path : path == Root ? "/" : path[Root.Length..];

    /// <summary>Whether the workers have it: all of them, where there is no such directory.</summary>
    public bool IsInside(string path) => Root is null || path == Root || path.StartsWith(Root + "/", StringComparison.Ordinal);

    /// <summary>Who its script and the directory around it must belong to, or null.</summary>
    public uint? ScriptUser { get; init; }

    /// <summary>The group that they must belong to, or null.</summary>
    public uint? ScriptGroup { get; init; }
}
