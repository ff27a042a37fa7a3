using System.Text;

namespace Addergate.Cli.Systemd;

/// <summary>The file for systemd-tmpfiles(8): the service's directories are there with the machine's start, and not only
/// once the service has run.</summary>
internal static class DirectoryEntries
{
    internal static string Write(ServicePlan plan)
    {
        var owner = plan.RootReason is null ? $"{plan.User} {plan.Group}" : "root root";
        var text = new StringBuilder("# Made by addergate install-service.\n");
        Entry(ServicePlan.RuntimeDirectory(plan.Name));
        Entry(ServicePlan.StateDirectory(plan.Name));
        if (plan.HasLogsDirectory)
        {
            Entry(ServicePlan.LogsDirectory(plan.Name));
        }

        return text.ToString();

        void Entry(string path) => text.Append($"d {path} 0755 {owner} -\n");
    }
}
