namespace Addergate.Cli.Commands;

/// <summary>Exit statuses of the program.</summary>
internal static class ExitStatus
{
    internal const int Success = 0;

    /// <summary>The server could not start, or a command failed.</summary>
    internal const int Failure = 1;

    /// <summary>What the user wrote cannot be done; nothing was started.</summary>
    internal const int Usage = 2;
}
