namespace Addergate.Posix.Processes;

/// <summary>
/// What the .NET runtime makes in the directory for temporary files, for debuggers and tracing tools of this process. It removes
/// them at the process's end, of which it does not hear when the process becomes another program (execve).
/// </summary>
public static class DebuggerFiles
{
    /// <summary>Removes those of this process, with the rights that it has now. Whoever is connected stays connected.</summary>
    public static void Remove()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_EnableDiagnostics") == "0" || ProcessAge.StartTicks() is not { } start)
        {
            return;
        }

        var process = $"{Environment.ProcessId}-{start}";
        foreach (var name in (string[])[$"dotnet-diagnostic-{process}-socket", $"clr-debug-pipe-{process}-in", $"clr-debug-pipe-{process}-out"])
        {
            try
            {
                File.Delete(Path.Combine(Path.GetTempPath(), name));
            }
            catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
            {
                // They are empty, and only take up a name.
            }
        }
    }
}
