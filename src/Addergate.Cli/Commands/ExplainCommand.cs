using Addergate.AspNetCore.Explaining;
using Addergate.Cli.Configuration;
using Addergate.Cli.Machines;
using Addergate.Cli.Terminals;
using Addergate.Settings.Model;
using Addergate.Settings.Reference;
using Addergate.Settings.Sources;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate explain URL [ENTRY] [options]</c>: who would answer a URL, without a server.</summary>
internal static class ExplainCommand
{
    private const string Json = "--json";

    internal static int Run(string[] arguments)
    {
        if (arguments is [] or ["-h" or "--help", ..])
        {
            var stream = arguments.Length == 0 ? StandardStream.Error : StandardStream.Output;
            stream.Write(Help(stream.Style));
            return arguments.Length == 0 ? ExitStatus.Usage : ExitStatus.Success;
        }

        var line = CommandLineReader.Read(arguments[1..], Json);
        if (line.HelpAsked)
        {
            StandardStream.Output.Write(Help(StandardStream.Output.Style));
            return ExitStatus.Success;
        }

        if (!IsUrl(arguments[0]))
        {
            StandardStream.Error.Write(
                $"{StandardStream.Error.Style.Error("addergate:")} \"{TerminalText.Clean(arguments[0])}\" is no URL; write it first, "
                + "as in addergate explain /static/site.css, or http://host/path\n");
            return ExitStatus.Usage;
        }

        var server = ServerPlanning.Plan(line, new LocalMachine(), new Layout(AppContext.BaseDirectory));
        if (server.Settings is not { } settings)
        {
            MistakeReport.Write(StandardStream.Error, server.Mistakes, consequence: "");
            return ExitStatus.Usage;
        }

        var explanation = UrlExplainer.Explain(settings, Whole(arguments[0], settings));
        StandardStream.Output.Write(line.Flags.Contains(Json)
            ? ExplanationReport.WriteJson(explanation)
            : ExplanationReport.Write(explanation, StandardStream.Output.Style));
        return ExitStatus.Success;
    }

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text.StartsWith('/') ? "http://localhost" + text : text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && !text.Any(char.IsControl);

    /// <summary>A path alone is asked for as the site wants to be asked.</summary>
    private static Uri Whole(string text, ServerSettings settings)
    {
        if (!text.StartsWith('/'))
        {
            return new Uri(text);
        }

        var scheme = settings.Names.HttpsOnly ? "https" : "http";
        return new Uri($"{scheme}://{settings.Names.ServerName ?? "localhost"}{text}");
    }

    private static string Help(TextStyle style) =>
        $"""
        {style.Heading("Usage:")} addergate explain URL [ENTRY] [options]

        Says which rule, file, other server or application answers a URL of the server
        that start-server would start with the same words, and why the others do not.
        URL is a path, or begins with http:// or https://.

        {style.Heading("Options:")}
          {style.Name("--json")}              print a JSON object
          {style.Name("-h, --help")}          this text
          every option of {style.Name("addergate start-server")}

        """;
}
