using Addergate.Cli.Generated;

namespace Addergate.Cli.Systemd;

/// <summary>All files of a service.</summary>
internal static class ServiceFiles
{
    internal static IReadOnlyList<GeneratedFile> Of(ServicePlan plan, ServiceFolders folders)
    {
        var files = new List<GeneratedFile>
        {
            new(folders.Unit($"{plan.Name}.service"), ServiceUnit.Write(plan), "the service"),
        };
        foreach (var (unit, index) in plan.SocketUnits.Select(static (unit, index) => (unit, index)))
        {
            var (port, name) = index == 0
                ? (plan.Settings.Listen.Port, "http")
                : (plan.Settings.Listen.HttpsPort!.Value, "https");
            files.Add(new(folders.Unit(unit), SocketUnit.Write(plan, port, name), $"its port for {name}"));
        }

        if (LogRotation.Write(plan) is { } rotation)
        {
            // logrotate reads every file there but for some endings.
            files.Add(new(folders.LogRotation(plan.Name), rotation, "rotates its logs") { BesideSuffix = ".new.disabled" });
        }

        files.Add(new(folders.DirectoryEntries(plan.Name), DirectoryEntries.Write(plan), "its directories"));
        return files;
    }
}
