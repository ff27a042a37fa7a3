namespace Addergate.Wire.Telemetry;

/// <summary>Parts of a request's time.</summary>
public enum RequestPhase
{
    /// <summary>In the front end before it waits for a worker: checks, and taking its body in.</summary>
    FrontEnd,

    /// <summary>Waiting for a free request thread.</summary>
    Queue,

    /// <summary>From being sent to the worker to the end of its answer; waiting for the client included.</summary>
    Application,

    /// <summary>All of it, until the answer was handed to the client's connection.</summary>
    Whole,
}
