namespace Addergate.Supervisor.Services;

/// <summary>Where a service script is in its life.</summary>
internal enum ServiceState
{
    /// <summary>No process; it is started when its time has come.</summary>
    Waiting,

    /// <summary>Its script runs.</summary>
    Running,

    /// <summary>Told to end. It is started anew afterwards, unless the server ends.</summary>
    Ending,

    /// <summary>No process, and there will be none.</summary>
    Ended,
}
