using Addergate.Cli.Configuration;
using Addergate.Cli.Machines;
using Addergate.Cli.Terminals;
using Addergate.Settings.Reference;
using Addergate.Settings.Sources;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate check-config [ENTRY] [options]</c>: what start-server with the same words would do, without doing it.
/// </summary>
internal static class CheckConfigCommand
{
    private const string All = "--all";
    private const string Json = "--json";

    internal static int Run(string[] arguments)
    {
        var line = CommandLineReader.Read(arguments, All, Json);
        if (line.HelpAsked)
        {
            StandardStream.Output.Write(Help(StandardStream.Output.Style));
            return ExitStatus.Success;
        }

        var server = ServerPlanning.Plan(line, new LocalMachine(), new Layout(AppContext.BaseDirectory));
        var isRight = server.Mistakes.Count == 0;
        if (line.Flags.Contains(Json))
        {
            StandardStream.Output.Write(ConfigurationJson.Write(server, withDefaults: line.Flags.Contains(All)));
        }
        else if (isRight)
        {
            StandardStream.Output.Write(
                ConfigurationReport.Write(server, line.Flags.Contains(All), StandardStream.Output.Style));
        }
        else
        {
            MistakeReport.Write(StandardStream.Error, server.Mistakes, consequence: "");
        }

        return isRight ? ExitStatus.Success : ExitStatus.Usage;
    }

    private static string Help(TextStyle style) =>
        $"""
        {style.Heading("Usage:")} addergate check-config [ENTRY] [options]

        Reads the command line, the environment and the configuration file as
        start-server does, asks the interpreter what it is and looks into the
        certificates, but starts nothing. Prints each setting that is written somewhere,
        with its value and where that is; or every mistake, and then the exit status
        is 2.

        {style.Heading("Options:")}
          {style.Name("--all")}               show the settings at their defaults too
          {style.Name("--json")}              print a JSON object, also of mistakes
          {style.Name("-h, --help")}          this text
          every option of {style.Name("addergate start-server")}

        """;
}
