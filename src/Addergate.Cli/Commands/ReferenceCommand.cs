using Addergate.Cli.Terminals;
using Addergate.Settings.Reference;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate _reference [FILE]</c>: writes the reference page of all settings, to standard output without a
/// file.</summary>
internal static class ReferenceCommand
{
    internal static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case []:
                StandardStream.Output.Write(ReferencePage.Write());
                return ExitStatus.Success;
            case [var file]:
                File.WriteAllText(file, ReferencePage.Write());
                return ExitStatus.Success;
            default:
                StandardStream.Error.Write("addergate: _reference takes one FILE or none\n");
                return ExitStatus.Usage;
        }
    }
}
