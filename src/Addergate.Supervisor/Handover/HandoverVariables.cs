namespace Addergate.Supervisor.Handover;

/// <summary>What one server tells the next in its environment. Not named like settings, and kept from the children.
/// </summary>
internal static class HandoverVariables
{
    /// <summary>The ports: <c>NAME=DESCRIPTOR</c>, separated by spaces.</summary>
    public const string Sockets = "_ADDERGATE_SOCKETS";

    /// <summary>The descriptor of the conversation with the server that is to be replaced; absent after a restart, when
    /// there is none any more.</summary>
    public const string Predecessor = "_ADDERGATE_PREDECESSOR";

    /// <summary>The soft limit of open files that workers get. This process's parent is not the user's shell then, and
    /// .NET has raised the parent's limit.</summary>
    public const string OpenFiles = "_ADDERGATE_OPEN_FILES";

    // About the process that they were given to.
    private static readonly string[] Personal =
        ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "WATCHDOG_PID", Sockets, Predecessor, OpenFiles];

    /// <summary>The environment of the next server: this one's, and what is added.</summary>
    public static IReadOnlyList<string> For(
        SupervisorPlan plan, params IEnumerable<(string Name, string Value)> added) =>
    [
        .. plan.Environment
            .Where(static variable => !Personal.Contains(variable.Key))
            .Select(static variable => (variable.Key, variable.Value))
            .Concat(added)
            .Select(static variable => $"{variable.Item1}={variable.Item2}"),
    ];
}
