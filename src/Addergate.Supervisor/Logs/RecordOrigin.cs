using System.Globalization;

namespace Addergate.Supervisor.Logs;

/// <summary>Name and process of who said something.</summary>
internal static class RecordOrigin
{
    private const string Mark = ", pid ";

    /// <param name="source">As <c>worker 3, pid 4711</c>; the supervisor itself has no number there.</param>
    public static (string Name, int? Process) Split(string source)
    {
        var mark = source.LastIndexOf(Mark, StringComparison.Ordinal);
        return mark >= 0 && int.TryParse(
            source.AsSpan(mark + Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            ? (source[..mark], process)
            : (source, source == "supervisor" ? Environment.ProcessId : null);
    }
}
