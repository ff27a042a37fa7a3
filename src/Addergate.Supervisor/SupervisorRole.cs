namespace Addergate.Supervisor;

/// <summary>The supervisor, from binding the ports to the last child's end.</summary>
public static class SupervisorRole
{
    /// <summary>Runs until a signal ends the server. Takes over the process's signals.</summary>
    /// <returns>The exit status: 0, or 1 when the server could not start.</returns>
    public static Task<int> RunAsync(SupervisorPlan plan, ISupervisorEvents events) => Task.FromResult(1);
}
