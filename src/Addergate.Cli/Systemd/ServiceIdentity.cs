using System.Globalization;
using Addergate.Cli.Machines;
using Addergate.Settings.Declarations;
using Addergate.Settings.Model;
using Addergate.Settings.Resolution;

namespace Addergate.Cli.Systemd;

/// <summary>Who runs a service. As a rule all of it is the application's user, and nothing is root.</summary>
internal static class ServiceIdentity
{
    /// <summary>The user and the group of the application.</summary>
    internal static (string User, string Group) Of(ServerSettings settings, LocalMachine machine)
    {
        if (settings.Identity is { UserName: { } user, GroupName: { } group })
        {
            return (user, group);
        }

        var own = machine.FindUser(machine.EffectiveUserId);
        return (
            own?.Name ?? Number(machine.EffectiveUserId),
            own is null ? Number(machine.EffectiveUserId) : machine.FindGroup(own.GroupId)?.Name ?? Number(own.GroupId));
    }

    /// <summary>Why the supervisor has to stay root, for people; null when it has not.</summary>
    internal static string? WhyRoot(ServerSettings settings, IEnumerable<SettingInForce> inForce, LocalMachine machine)
    {
        // Who is not root installs a service for itself.
        if (machine.EffectiveUserId != 0 || settings.Identity.UserId is null or 0)
        {
            return null;
        }

        if (settings.Listen.HttpsPort is not null)
        {
            return "nobody else is to read the key of the certificate";
        }

        if (settings.Listen.SocketGroup is not null)
        {
            return "the socket belongs to another group";
        }

        if (settings.Applications.Any(static hosted => hosted.Identity.SupplementaryGroups is not null))
        {
            return "the application has groups of its own";
        }

        if (settings.Applications.Any(static hosted => hosted.Application.Root is not null))
        {
            return "the application is held in a directory";
        }

        if (settings.Services.Any(service => service.Identity.UserId != settings.Identity.UserId
            || service.Identity.GroupId != settings.Identity.GroupId))
        {
            return "service scripts run as other users";
        }

        if (settings.Applications.Any(one => one.Identity.UserId != settings.Identity.UserId
            || one.Identity.GroupId != settings.Identity.GroupId))
        {
            return "applications run as different users";
        }

        // Whatever else is said of who runs what is for root to do.
        foreach (var setting in inForce.Where(static setting =>
            setting.Setting.Group == SettingGroup.Identity && !setting.IsDefault && setting.Setting != IdentityDeclarations.User))
        {
            if (setting.Setting != IdentityDeclarations.Group)
            {
                return $"{setting.Setting.Option} is asked for";
            }

            if (setting.IsInFile)
            {
                return "the configuration file names a group";
            }
        }

        return null;
    }

    private static string Number(uint id) => id.ToString(CultureInfo.InvariantCulture);
}
