using System.Globalization;

namespace Addergate.Posix.Memory;

/// <summary>How likely the kernel's OOM killer is to take this process (proc(5), <c>oom_score_adj</c>).</summary>
public static class OomScore
{
    private const string File = "/proc/self/oom_score_adj";
    private const int Highest = 1000;

    /// <summary>Makes it more likely. What cannot be raised stays: it is a preference, and no limit.</summary>
    /// <param name="rise">Thousandths of the memory that there is, on top of what this process was born with.</param>
    public static void Raise(int rise)
    {
        try
        {
            var score = int.Parse(System.IO.File.ReadAllText(File), NumberStyles.Integer, CultureInfo.InvariantCulture);
            System.IO.File.WriteAllText(File, Math.Min(score + rise, Highest).ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or FormatException)
        {
            // A sandbox may not show the file, or not let it be written.
        }
    }
}
