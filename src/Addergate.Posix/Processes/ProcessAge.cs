using System.Globalization;

namespace Addergate.Posix.Processes;

/// <summary>How long a process has run, the loading of .NET or Python included; to a hundredth of a second.</summary>
public static class ProcessAge
{
    // USER_HZ, the same on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    // proc(5), counted after the name in parentheses, which may have spaces in it.
    private const int StartTimeField = 19;

    /// <summary>This process's. Null without /proc.</summary>
    public static TimeSpan? Current => Of(Environment.ProcessId);

    /// <summary>Null when there is no such process, or no /proc.</summary>
    public static TimeSpan? Of(int processId)
    {
        try
        {
            var started = double.Parse(StartField(processId), CultureInfo.InvariantCulture) / TicksPerSecond;
            var uptime = File.ReadAllText("/proc/uptime").Split(' ')[0];
            return TimeSpan.FromSeconds(double.Parse(uptime, CultureInfo.InvariantCulture) - started);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>When this process began, in hundredths of a second since the machine did, as proc(5) has it; execve(2) changes
    /// nothing about it. Null without /proc.</summary>
    internal static string? StartTicks()
    {
        try
        {
            return StartField(Environment.ProcessId);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string StartField(int processId)
    {
        var status = File.ReadAllText($"/proc/{processId}/stat");
        return status[(status.LastIndexOf(')') + 2)..].Split(' ')[StartTimeField];
    }
}
