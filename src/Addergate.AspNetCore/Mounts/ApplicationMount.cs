namespace Addergate.AspNetCore.Mounts;

/// <summary>Where an application is.</summary>
/// <param name="Application">Its place among the applications.</param>
/// <param name="Hosts">Names of the site that it is asked for by; empty for every name that no other has.</param>
/// <param name="MountPoint">URL path that it is below, without a slash at the end: empty for the whole site.</param>
public sealed record ApplicationMount(int Application, IReadOnlyList<string> Hosts, string MountPoint);
