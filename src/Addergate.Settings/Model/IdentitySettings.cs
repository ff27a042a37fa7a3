namespace Addergate.Settings.Model;

/// <summary>Who the front end and the workers run as; nulls when the supervisor is not root or no user was named.
/// </summary>
public sealed record IdentitySettings
{
    public uint? UserId { get; init; }

    public uint? GroupId { get; init; }

    public string? UserName { get; init; }

    public string? GroupName { get; init; }

    /// <summary>Their further groups; null for those that the user is in.</summary>
    public IReadOnlyList<uint>? SupplementaryGroups { get; init; }
}
