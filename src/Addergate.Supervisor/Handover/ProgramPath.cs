namespace Addergate.Supervisor.Handover;

/// <summary>The program as the user named it: an upgrade may have put another file there, or pointed a link to another
/// folder, while <see cref="SupervisorPlan.Executable"/> is the file that this process was started from.</summary>
internal static class ProgramPath
{
    public static string Find(SupervisorPlan plan)
    {
        var named = plan.InvokedAs;
        if (named.Contains('/'))
        {
            var path = Path.GetFullPath(named);
            return File.Exists(path) ? path : plan.Executable;
        }

        var directories = plan.Environment.TryGetValue("PATH", out var list) ? list.Split(':') : [];
        return directories
            .Where(static directory => directory.StartsWith('/'))
            .Select(directory => Path.Combine(directory, named))
            .FirstOrDefault(File.Exists, plan.Executable);
    }
}
