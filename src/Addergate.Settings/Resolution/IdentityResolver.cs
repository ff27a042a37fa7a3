using System.Globalization;
using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Who the front end and the workers run as.</summary>
internal static class IdentityResolver
{
    internal static IdentitySettings Resolve(SettingValues values, IMachine machine, List<string> warnings)
    {
        var isRoot = machine.EffectiveUserId == 0;
        var user = FindUser(values, machine);
        var group = FindGroup(values, machine);
        var groups = SupplementaryGroups(values, machine);
        var refusesRoot = values.Get(IdentityDeclarations.RefuseRoot);
        if (!isRoot)
        {
            OnlyForRoot(values, machine, user, group);
            return new IdentitySettings();
        }

        if (refusesRoot && values.Written(IdentityDeclarations.User) is var written && (written is null || user is { Id: 0 }))
        {
            values.Wrong(
                $"{values.Written(IdentityDeclarations.RefuseRoot)!.Origin}: the application would run as root",
                $"add {IdentityDeclarations.User.Option} with the user that it is to run as");
        }
        else if (values.Written(IdentityDeclarations.User) is null)
        {
            warnings.Add(
                $"the application runs as root; add {IdentityDeclarations.User.Option} NAME to run it as somebody else");
        }
        else if (user is { Id: 0 })
        {
            warnings.Add("the application runs as root because --user says so");
        }

        if (user is null)
        {
            return new IdentitySettings { GroupId = group?.Id, GroupName = group?.Name };
        }

        return Of(machine, user, group) with { SupplementaryGroups = groups };
    }

    /// <summary>Who scripts must belong to; at most one of the two is set.</summary>
    internal static (uint? User, uint? Group) ScriptOwner(SettingValues values, IMachine machine)
    {
        var user = values.TryGet(IdentityDeclarations.ScriptUser, out var name)
            ? FindUser(values, machine, name, values.Written(IdentityDeclarations.ScriptUser)!.Origin)
            : null;
        var group = values.TryGet(IdentityDeclarations.ScriptGroup, out name)
            ? FindGroup(values, machine, name, values.Written(IdentityDeclarations.ScriptGroup)!.Origin)
            : null;
        if (values.Written(IdentityDeclarations.ScriptUser) is { } one && values.Written(IdentityDeclarations.ScriptGroup) is { } other)
        {
            values.Wrong(
                $"{one.Origin} and {other.Origin} are given: who may change the script is one of the two",
                "leave one of them out");
        }

        return (user?.Id, group?.Id);
    }

    private static uint[]? SupplementaryGroups(SettingValues values, IMachine machine)
    {
        if (!values.TryGet(IdentityDeclarations.SupplementaryGroups, out var text))
        {
            return null;
        }

        var written = values.Written(IdentityDeclarations.SupplementaryGroups)!;
        if (values.Written(IdentityDeclarations.User) is null)
        {
            values.Wrong($"{written.Origin} is given, but no user whose groups they are", $"add {IdentityDeclarations.User.Option}");
        }

        var groups = new List<uint>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (FindGroup(values, machine, name, written.Origin) is { } group)
            {
                groups.Add(group.Id);
            }
        }

        return [.. groups.Distinct()];
    }

    private static void OnlyForRoot(SettingValues values, IMachine machine, UserEntry? user, GroupEntry? group)
    {
        if (values.Written(IdentityDeclarations.SupplementaryGroups) is { } further)
        {
            values.Wrong($"{further.Origin}: only root can choose the groups of the application", "start the server as root");
        }

        // A unit file that says both User= and --user is common and harmless.
        if (user is not null && user.Id != machine.EffectiveUserId)
        {
            var written = values.Written(IdentityDeclarations.User)!;
            values.Wrong(
                $"{written.Origin}: only root can run the application as {written.Text}",
                "start the server as root, or as that user without this option");
        }
        else if (group is not null && machine.FindUser(machine.EffectiveUserId)?.GroupId != group.Id)
        {
            var written = values.Written(IdentityDeclarations.Group)!;
            values.Wrong(
                $"{written.Origin}: only root can run the application in group {written.Text}",
                "start the server as root, or leave this option out");
        }
    }

    private static UserEntry? FindUser(SettingValues values, IMachine machine) =>
        values.TryGet(IdentityDeclarations.User, out var text)
            ? FindUser(values, machine, text, values.Written(IdentityDeclarations.User)!.Origin)
            : null;

    private static GroupEntry? FindGroup(SettingValues values, IMachine machine) =>
        values.TryGet(IdentityDeclarations.Group, out var text)
            ? FindGroup(values, machine, text, values.Written(IdentityDeclarations.Group)!.Origin)
            : null;

    /// <summary>A user by name or number; null when there is none, which is noted as a mistake.</summary>
    internal static UserEntry? FindUser(SettingValues values, IMachine machine, string text, string origin)
    {
        var id = ParseNumber(text);
        var user = id is { } number
            ? machine.FindUser(number) ?? WithoutEntry(number)
            : machine.FindUser(text);
        if (user is null)
        {
            values.Wrong($"{origin}: there is no user \"{text}\" on this machine", "see getent passwd, or give a number");
        }

        return user;

        // A container may run as a number that no file mentions; the group is then the same number.
        static UserEntry WithoutEntry(uint number) => new(number, number, Number(number));
    }

    /// <summary>A group by name or number; null when there is none, which is noted as a mistake.</summary>
    internal static GroupEntry? FindGroup(SettingValues values, IMachine machine, string text, string origin)
    {
        var group = ParseNumber(text) is { } number
            ? machine.FindGroup(number) ?? new GroupEntry(number, Number(number))
            : machine.FindGroup(text);
        if (group is null)
        {
            values.Wrong($"{origin}: there is no group \"{text}\" on this machine", "see getent group, or give a number");
        }

        return group;
    }

    /// <summary>The identity of a user, in a group of choice or the user's own.</summary>
    internal static IdentitySettings Of(IMachine machine, UserEntry user, GroupEntry? group)
    {
        group ??= machine.FindGroup(user.GroupId) ?? new GroupEntry(user.GroupId, Number(user.GroupId));
        return new IdentitySettings
        {
            UserId = user.Id,
            UserName = user.Name,
            GroupId = group.Id,
            GroupName = group.Name,
        };
    }

    /// <summary>4294967295 is "leave as it is" to setuid, so it is no user.</summary>
    private static uint? ParseNumber(string text) =>
        uint.TryParse(text.AsSpan().TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number != uint.MaxValue
            ? number
            : null;

    private static string Number(uint id) => id.ToString(CultureInfo.InvariantCulture);
}
