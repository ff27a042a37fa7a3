namespace Addergate.Posix.Identity;

/// <summary>A user of the system.</summary>
/// <param name="Name">Login name.</param>
/// <param name="UserId">uid.</param>
/// <param name="GroupId">Primary gid.</param>
/// <param name="Home">Home directory.</param>
public sealed record UserEntry(string Name, uint UserId, uint GroupId, string Home);
