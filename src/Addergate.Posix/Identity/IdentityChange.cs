using System.Runtime.InteropServices;

namespace Addergate.Posix.Identity;

/// <summary>
/// Becomes another user for good. Every call's result is checked and then looked at again: a privilege drop whose
/// return codes nobody read is a classic hole (CVE-2014-8583 in mod_wsgi).
/// </summary>
public static unsafe partial class IdentityChange
{
    private const int Failed = -1;

    /// <summary>
    /// initgroups or setgroups, then setgid, then setuid, each verified; at last that root cannot be taken back. Does
    /// nothing when the process has exactly this identity already.
    /// </summary>
    /// <returns>Null when done, else the reason for people.</returns>
    public static string? Apply(NewIdentity identity)
    {
        var (user, group) = identity;
        var (realUser, realGroup) = (GetUser(), GetGroup());
        if (realUser != 0)
        {
            return realUser == user && realGroup == group
                ? null
                : $"only root can become user {user} and group {group}";
        }

        if (!TakeGroups(identity))
        {
            return $"cannot take the groups of user {identity.UserName ?? user.ToString()}: {LastError()}";
        }

        if (SetGroup(group, identity.EffectiveGroup, group) != 0)
        {
            return $"cannot become group {group}: {LastError()}";
        }

        uint real, effective, saved;
        if (GetGroups(&real, &effective, &saved) != 0 || real != group || effective != identity.EffectiveGroup || saved != group)
        {
            return $"became group {real}/{effective}/{saved} instead of {group}";
        }

        if (identity.MayChangeRoot && !Capabilities.KeepThroughIdentityChange())
        {
            return $"cannot keep the right to change the root directory: {LastError()}";
        }

        if (SetUser(user, user, user) != 0)
        {
            return $"cannot become user {user}: {LastError()}";
        }

        if (GetUsers(&real, &effective, &saved) != 0 || real != user || effective != user || saved != user)
        {
            return $"became user {real}/{effective}/{saved} instead of {user}";
        }

        if (identity.MayChangeRoot && !Capabilities.KeepOnlyChangeOfRoot())
        {
            return $"cannot keep the right to change the root directory: {LastError()}";
        }

        if (user != 0 && (SetUser(uint.MaxValue, 0, uint.MaxValue) != Failed || GetEffectiveUser() != user))
        {
            return "root could be taken back after it was given up";
        }

        return null;
    }

    private static bool TakeGroups(NewIdentity identity)
    {
        if (identity.SupplementaryGroups is null && identity.UserName is { } name)
        {
            return InitGroups(name, identity.Group) == 0;
        }

        uint[] groups = [identity.Group, .. identity.SupplementaryGroups ?? []];
        fixed (uint* all = groups)
        {
            return SetGroups((nuint)groups.Length, all) == 0;
        }
    }

    private static string LastError() => Marshal.GetLastPInvokeErrorMessage();

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint GetUser();

    [LibraryImport("libc", EntryPoint = "getgid")]
    private static partial uint GetGroup();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    private static partial int SetGroups(nuint count, uint* groups);

    [LibraryImport("libc", EntryPoint = "initgroups", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int InitGroups(string userName, uint group);

    [LibraryImport("libc", EntryPoint = "setresgid", SetLastError = true)]
    private static partial int SetGroup(uint real, uint effective, uint saved);

    [LibraryImport("libc", EntryPoint = "setresuid", SetLastError = true)]
    private static partial int SetUser(uint real, uint effective, uint saved);

    [LibraryImport("libc", EntryPoint = "getresgid", SetLastError = true)]
    private static partial int GetGroups(uint* real, uint* effective, uint* saved);

    [LibraryImport("libc", EntryPoint = "getresuid", SetLastError = true)]
    private static partial int GetUsers(uint* real, uint* effective, uint* saved);
}
