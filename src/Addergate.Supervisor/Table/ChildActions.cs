namespace Addergate.Supervisor.Table;

/// <summary>What a cell of the table asks for, carried out in this order.</summary>
[Flags]
internal enum ChildActions
{
    None = 0,

    /// <summary>Say that it serves from now on.</summary>
    Announce = 1,

    /// <summary>It never became ready: say why, and decide what that means for the server.</summary>
    Blame = 2,

    /// <summary>It died while it served: log it and start another.</summary>
    Replace = 4,

    /// <summary>Ask for its requests to finish: RETIRE for a worker, DRAIN to the front end.</summary>
    Drain = 8,

    /// <summary>Ask it to end: STOP to a worker; the front end ends by itself.</summary>
    Stop = 16,

    /// <summary>SIGKILL.</summary>
    Kill = 32,

    /// <summary>Take it out of every list.</summary>
    Forget = 64,
}
