using Addergate.Cli.Terminals;
using Addergate.Cli.WebServers;
using Addergate.Settings.Reference;
using Addergate.Settings.Sources;

namespace Addergate.Cli.Commands;

/// <summary>
/// <c>module-config</c>, <c>module-location</c> and <c>install-module</c> of mod_wsgi-express, which bring mod_wsgi into the
/// system's Apache. There is no module here: Apache stands in front. The first prints that, the others say it, and fail, so
/// that no script goes on with a file that is not there.
/// </summary>
internal static class ModuleCommands
{
    private static readonly string[] Explanation =
    [
        "There is no module to load into Apache: the application has processes of its own, and Apache is a proxy in front",
        "of the server. This is what addergate proxy-config apache prints.",
    ];

    internal static int Run(string command, string[] arguments)
    {
        if (command == "module-config")
        {
            var line = CommandLineReader.Read(arguments, ProxyConfiguration.Options);
            if (!line.HelpAsked)
            {
                return ProxyConfiguration.Print(WebServerKind.Find("apache")!, line, Explanation);
            }
        }

        if (arguments.Any(static argument => argument is "--help" or "-h"))
        {
            StandardStream.Output.Write(Help(command, StandardStream.Output.Style));
            return ExitStatus.Success;
        }

        var reason = command == "module-location" ? "there is no module" : "nothing was installed: there is no module";
        StandardStream.Error.Write(
            $"{StandardStream.Error.Style.Error("addergate:")} {reason} to load into Apache. The application has processes of "
            + "its own, and Apache is a proxy in front of the server: addergate proxy-config apache prints what it needs for that.\n");
        return ExitStatus.Failure;
    }

    private static string Help(string command, TextStyle style) =>
        $"""
        {style.Heading("Usage:")} addergate {command} [options]

        For those who come from mod_wsgi-express, where it is about the module that is loaded
        into the system's Apache. There is no module here: Apache stands in front of the
        server as a proxy. module-config prints what {style.Name("addergate proxy-config apache")} prints,
        with the same options; module-location and install-module only say so, and end with
        status 1.

        """;
}
