using Addergate.Posix.Identity;
using Addergate.Settings.Model;
using Addergate.Supervisor.Handover;

namespace Addergate.Supervisor.Shell;

/// <summary>The environments of the children, made from the one that the user started the server with.</summary>
internal static class ChildEnvironment
{
    // Belongs to whoever started the supervisor: a child that used it would answer in its name.
    private static readonly string[] Scrubbed =
        ["NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES",
            "FDSTORE", HandoverVariables.Sockets,
            HandoverVariables.Predecessor, HandoverVariables.OpenFiles];

    // No diagnostics socket, through which the same uid could read the TLS keys out of memory.
    private const string NoDiagnostics = "DOTNET_EnableDiagnostics=0";

    /// <summary>The front end: completions of sockets run inline, which halved the CPU per request when tried.</summary>
    public static IReadOnlyList<string> ForFrontEnd(SupervisorPlan plan) => Build(
        plan,
        plan.Settings.Identity,
        new Dictionary<string, string?>(),
        NoDiagnostics,
        "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1");

    /// <summary>A worker: its .NET shares a process with the application, and is kept small: a workstation GC without a
    /// thread of its own, and a first generation of 4 MiB instead of the cache's size. The bootstrap takes
    /// <c>DOTNET_*</c> away before the application sees it.</summary>
    /// <param name="plan">The server's.</param>
    /// <param name="application">The place of its application.</param>
    public static IReadOnlyList<string> ForWorker(SupervisorPlan plan, int application) => Build(
        plan,
        plan.Settings.Pools[application].Identity,
        OfPython(plan, application),
        NoDiagnostics,
        "DOTNET_gcServer=0",
        "DOTNET_gcConcurrent=0",
        "DOTNET_GCgen0size=400000",
        "DOTNET_TieredPGO=0");

    /// <summary>A service script: Python without .NET in it.</summary>
    public static IReadOnlyList<string> ForService(SupervisorPlan plan, IdentitySettings identity) =>
        Build(plan, identity, OfPython(plan, application: 0), NoDiagnostics);

    /// <summary>What the settings say to every Python of an application.</summary>
    private static Dictionary<string, string?> OfPython(SupervisorPlan plan, int application)
    {
        var python = plan.Settings.Pools[application].Python;
        var variables = new Dictionary<string, string?>(plan.Applications[application].Variables);
        Add("PYTHON_EGG_CACHE", python.EggCache);
        Add("LC_ALL", python.Locale);
        Add("LANG", python.Language);
        Add("PYTHON_GIL", python.FreeThreading ? "0" : null);
        return variables;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                variables[name] = value;
            }
        }
    }

    private static string[] Build(
        SupervisorPlan plan,
        IdentitySettings identity,
        IReadOnlyDictionary<string, string?> additions,
        params ReadOnlySpan<string> ours)
    {
        var variables = new Dictionary<string, string>(plan.Environment);
        foreach (var name in Scrubbed)
        {
            variables.Remove(name);
        }

        if (identity.UserId is { } user)
        {
            LoginVariables.Set(variables, user);
        }

        foreach (var (name, value) in additions)
        {
            if (value is null)
            {
                variables.Remove(name);
            }
            else
            {
                variables[name] = value;
            }
        }

        foreach (var variable in ours)
        {
            var equals = variable.IndexOf('=');
            variables[variable[..equals]] = variable[(equals + 1)..];
        }

        return [.. variables.Select(variable => $"{variable.Key}={variable.Value}")];
    }
}
