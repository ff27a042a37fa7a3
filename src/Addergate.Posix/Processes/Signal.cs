namespace Addergate.Posix.Processes;

/// <summary>Signal numbers of Linux, the same on x86-64 and arm64.</summary>
public enum Signal
{
    None = 0,
    Hangup = 1,
    Interrupt = 2,
    Quit = 3,
    Abort = 6,
    Kill = 9,
    User1 = 10,
    SegmentationFault = 11,
    User2 = 12,
    BrokenPipe = 13,
    Terminate = 15,
    Child = 17,

    /// <summary>SIGTTIN: gunicorn's sign for a worker more.</summary>
    TerminalInput = 21,

    /// <summary>SIGTTOU: gunicorn's sign for a worker fewer.</summary>
    TerminalOutput = 22,
    WindowChange = 28,

    /// <summary>Ours: a real-time signal that a worker answers with its threads' stacks.</summary>
    DumpStacks = 63,
}
