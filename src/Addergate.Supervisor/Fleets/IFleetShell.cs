using Addergate.Posix.Processes;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>
/// What the fleet can have done. None of these calls back into the fleet before it returns; what comes of them arrives
/// later as an event.
/// </summary>
internal interface IFleetShell
{
    /// <summary>Starts the child's process and queues its first messages: CONFIGURE and CERTIFICATE for a front end;
    /// START comes by <see cref="Start"/>.</summary>
    /// <returns>Null with <see cref="Child.ProcessId"/> set, or to be set before <see cref="Fleet.OnForked"/>; or the
    /// reason why there is no process.</returns>
    string? Spawn(Child child);

    /// <summary>Sends a worker its plan.</summary>
    void Start(Child worker);

    void Send(Child child, ControlMessage message);

    void Kill(Child child);

    /// <summary>Has the stacks of all of a worker's threads written to its log, which needs no lock of Python's, and calls
    /// <see cref="Fleet.OnStacksDumped"/> when they are there, or after a second.</summary>
    void DumpStacks(Child worker);

    /// <summary>Null when there is no such process any more.</summary>
    ProcessUsage? Measure(Child child);

    /// <summary>Bytes of memory that another process could still have, here and now.</summary>
    long SpareMemory();

    /// <summary>Sets the child's one timer; null stops it.</summary>
    void SetTimer(Child child, TimeSpan? due);

    /// <summary>Calls <see cref="Fleet.OnSeatDue"/> later.</summary>
    void FillLater(Seat seat, TimeSpan delay);

    /// <summary>Calls <see cref="Fleet.OnFrontEndDue"/> later.</summary>
    void FrontEndLater(TimeSpan delay);

    /// <summary>Clients are answered from now on.</summary>
    void Started();

    /// <summary>No new connection is to be taken: the ports are closed here too, so that clients are refused at once
    /// rather than kept waiting.</summary>
    void ClosePorts();

    /// <summary>A reload that was asked for is over.</summary>
    /// <param name="failure">Null when the new generation is in force, or why it is not.</param>
    void ReloadEnded(string? failure);

    void Log(LogLevelCode level, string text);

    /// <summary>A line about the server's life, shown whatever the log level is.</summary>
    void Notice(string text);

    /// <summary>No child is left.</summary>
    /// <param name="failure">Why the server could not start, or null.</param>
    void End(string? failure);
}
