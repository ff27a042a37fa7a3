namespace Addergate.Wire.Administration;

/// <summary>One application of a running server.</summary>
/// <param name="Name">What it is called: <c>main</c> where it is the only one.</param>
/// <param name="Entry">As the settings named it.</param>
/// <param name="MountPoint">The URL path that it is below.</param>
/// <param name="Generation">The generation that gets requests; 0 before the first is ready.</param>
/// <param name="Reloading">Whether a new generation is on its way.</param>
/// <param name="Capacity">Request threads of its workers that get requests.</param>
/// <param name="Running">Requests inside it.</param>
/// <param name="Waiting">Requests that wait for one of its threads.</param>
public sealed record ApplicationSnapshot(
    string Name,
    string Entry,
    string MountPoint,
    uint Generation,
    bool Reloading,
    long Capacity,
    long Running,
    long Waiting)
{
    /// <summary>Names of the site that it is asked for by; empty for every name that no other has.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Why it could not be loaded, while it cannot.</summary>
    public string? Failure { get; init; }
}
