namespace Addergate.Settings.Model;

/// <summary>Scripts that decide on access; absolute paths, null where there is none.</summary>
/// <param name="Host">Has <c>allow_access</c>.</param>
/// <param name="User">Has <c>check_password</c> or <c>get_realm_hash</c>.</param>
/// <param name="Group">Has <c>groups_for_user</c>.</param>
public sealed record AccessScripts(string? Host, string? User, string? Group)
{
    public static AccessScripts None { get; } = new(null, null, null);
}
