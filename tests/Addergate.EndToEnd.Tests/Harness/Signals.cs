using System.Runtime.InteropServices;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>kill(2).</summary>
internal static partial class Signals
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int User1 = 10;
    public const int User2 = 12;
    public const int Terminate = 15;
    public const int TerminalInput = 21;
    public const int TerminalOutput = 22;
    public const int Stop = 19;
    public const int Continue = 18;

    public static void Send(int process, int signal) => kill(process, signal);

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
