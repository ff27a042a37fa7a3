namespace Addergate.Cli.Programs;

/// <summary>What came of running a program.</summary>
/// <param name="Text">All that it wrote to standard output and standard error; null when it did not run, or did not end in
/// time.</param>
/// <param name="RunProblem">Why it did not run, or null.</param>
/// <param name="AsSomebodyElse">Whether that is a matter of who it was to run as.</param>
internal sealed record ProgramOutput(string? Text, string? RunProblem, bool AsSomebodyElse = false);
