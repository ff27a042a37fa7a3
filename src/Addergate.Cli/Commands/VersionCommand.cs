using Addergate.Cli.Terminals;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate --version</c>.</summary>
internal static class VersionCommand
{
    internal static int Run()
    {
        StandardStream.Output.Write($"addergate {ProductVersion.Text}\n");
        return ExitStatus.Success;
    }
}
