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
    WindowChange = 28,
}
