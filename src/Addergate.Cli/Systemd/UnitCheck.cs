using System.ComponentModel;
using System.Diagnostics;

namespace Addergate.Cli.Systemd;

/// <summary>What systemd itself says of units, without loading them.</summary>
/// <param name="Complaints">Lines of <c>systemd-analyze verify</c>; empty when there is nothing to complain about, null when
/// it is not installed.</param>
/// <param name="Exposure">The verdict of <c>systemd-analyze security</c> in its own words; null when it has none.</param>
internal sealed record UnitCheck(IReadOnlyList<string>? Complaints, string? Exposure)
{
    private const string Tool = "systemd-analyze";

    /// <param name="units">Absolute paths, the service first.</param>
    internal static UnitCheck Run(IReadOnlyList<string> units)
    {
        if (Output(["verify", "--man=no", .. units]) is not { } verified)
        {
            return new UnitCheck(null, null);
        }

        // It looks at other units of the system, too; an unknown key is said and is no failure to it.
        var names = units.Select(Path.GetFileName).ToArray();
        var complaints = verified.Text.Split('\n').Where(line => line.Length > 0
            && (verified.Status != 0 || names.Any(name => line.Contains(name!, StringComparison.Ordinal)))).ToList();
        if (verified.Status != 0 && complaints.Count == 0)
        {
            complaints.Add($"{Tool} verify ended with {verified.Status}");
        }

        var security = Output(["security", "--offline=true", "--no-pager", units[0]]);
        var verdict = security?.Text.Split('\n').LastOrDefault(static line => line.Contains("exposure level", StringComparison.Ordinal));
        return new UnitCheck(complaints, verdict?.Split(": ")[^1].Trim());
    }

    /// <summary>Null when there is no such program.</summary>
    private static (int Status, string Text)? Output(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // Without colours and pages.
        start.Environment["SYSTEMD_COLORS"] = "0";
        start.Environment["SYSTEMD_EMOJI"] = "0";
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, text + errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
