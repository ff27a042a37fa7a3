using System.Globalization;

namespace Addergate.Posix.Processes;

/// <summary>What a process has taken from the machine.</summary>
/// <param name="ResidentBytes">Memory that is resident now, pages that it shares with others included.</param>
/// <param name="CpuTime">User and system time of all its threads in its life, not of its children.</param>
public readonly record struct ProcessUsage(long ResidentBytes, TimeSpan CpuTime)
{
    // USER_HZ, the same on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    // proc(5), counted after the name in parentheses, which may have spaces in it.
    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;
    private const int ResidentField = 21;

    /// <summary>Null when there is no such process.</summary>
    public static ProcessUsage? Of(int processId)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{processId}/stat");
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = Number(fields[UserTimeField]) + Number(fields[SystemTimeField]);
            return new ProcessUsage(
                Number(fields[ResidentField]) * Environment.SystemPageSize,
                TimeSpan.FromSeconds(ticks / TicksPerSecond));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
