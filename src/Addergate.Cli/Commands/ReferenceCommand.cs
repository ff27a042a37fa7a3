using Addergate.Cli.Terminals;
using Addergate.Settings.Reference;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate _reference DIRECTORY</c>: writes the reference pages that are made from the declarations.
/// </summary>
internal static class ReferenceCommand
{
    internal static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case [var directory] when Directory.Exists(directory):
                File.WriteAllText(Path.Combine(directory, "settings.md"), ReferencePage.Write());
                File.WriteAllText(Path.Combine(directory, "options.md"), OptionTable.Write());
                return ExitStatus.Success;
            default:
                StandardStream.Error.Write("addergate: _reference takes the directory of the reference pages\n");
                return ExitStatus.Usage;
        }
    }
}
