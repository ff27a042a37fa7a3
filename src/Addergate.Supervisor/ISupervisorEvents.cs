namespace Addergate.Supervisor;

/// <summary>
/// What the supervisor tells the command that runs it. Called on the supervisor's loop, one at a time: return soon.
/// Log lines do not come this way; the supervisor writes them where the settings say.
/// </summary>
public interface ISupervisorEvents
{
    /// <summary>Clients are answered from now on. Called once, when the front end and the first worker are ready.
    /// </summary>
    void Started(StartedServer server);

    /// <summary>
    /// The server could not start and nothing is left running; <see cref="SupervisorRole.RunAsync"/> returns 1 next.
    /// </summary>
    /// <param name="reason">For people: one line, or more when it carries the application's traceback.</param>
    void Failed(string reason);
}
