using System.Runtime.InteropServices;
using Addergate.Posix.Processes.Exec;

namespace Addergate.Posix.Processes;

/// <summary>execve(2): another program in this process.</summary>
public static class ProcessImage
{
    /// <summary>Becomes the program; only when that fails does it return, with the reason. Every other thread is gone in
    /// that moment, and with it what it was doing.</summary>
    /// <param name="program">Path of the executable.</param>
    /// <param name="arguments">All of argv.</param>
    /// <param name="environment">All of the environment, as <c>NAME=value</c>.</param>
    public static unsafe string Replace(
        string program, IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(environment);
        _ = Native.Execute(program, argv.Pointer, envp.Pointer);
        return Marshal.GetLastPInvokeErrorMessage();
    }
}
