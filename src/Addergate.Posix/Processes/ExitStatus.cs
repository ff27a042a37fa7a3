namespace Addergate.Posix.Processes;

/// <summary>How a process ended.</summary>
/// <param name="Code">Its exit status when it ended by itself, else 0.</param>
/// <param name="Signal">The signal that killed it, else 0.</param>
/// <param name="CoreDumped">Whether the kernel wrote a core file.</param>
public readonly record struct ExitStatus(int Code, int Signal, bool CoreDumped)
{
    public bool Succeeded => Code == 0 && Signal == 0;

    /// <summary>For a sentence that begins with the process: "ended with status 3", "was killed by SIGSEGV".</summary>
    public override string ToString() => this switch
    {
        { Signal: 0 } => $"ended with status {Code}",
        { CoreDumped: true } => $"was killed by {SignalNames.Of(Signal)} and left a core file",
        _ => $"was killed by {SignalNames.Of(Signal)}",
    };
}
