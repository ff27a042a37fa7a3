using Addergate.Cli.Terminals;
using Addergate.Cli.WebServers;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Reference;
using Addergate.Settings.Sources;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate proxy-config nginx|apache|caddy [options]</c>: the configuration of a web server in front.</summary>
internal static class ProxyConfigCommand
{
    internal static int Run(string[] arguments)
    {
        var kind = arguments.FirstOrDefault() is { } word ? WebServerKind.Find(word) : null;
        var line = CommandLineReader.Read(kind is null ? arguments : arguments[1..], ProxyConfiguration.Options);
        if (line.HelpAsked)
        {
            StandardStream.Output.Write(Help(StandardStream.Output.Style));
            return ExitStatus.Success;
        }

        if (kind is not null)
        {
            return ProxyConfiguration.Print(kind, line, []);
        }

        var names = WebServerKind.All.Select(static known => known.Name).ToArray();
        var named = arguments.FirstOrDefault();
        var advice = named is not null && NearestName.Find(named, names) is { } nearest
            ? $"did you mean {nearest}?"
            : $"write one of {string.Join(", ", names)} first";
        StandardStream.Error.Write(named is null
            ? $"addergate: proxy-config lacks the web server; {advice}\n"
            : $"addergate: \"{TerminalText.Clean(named)}\" is no web server that is known here; {advice}\n");
        return ExitStatus.Usage;
    }

    private static string Help(TextStyle style) =>
        $"""
        {style.Heading("Usage:")} addergate proxy-config nginx|apache|caddy [ENTRY] [options]

        Prints a site of that web server in front of the server that start-server with the
        same ENTRY and options would start, or that the configuration file describes: names,
        forwarded headers, connections that are kept, WebSockets, the largest request body,
        time limits that let this server's own come first, and the files of --document-root
        and --url-alias served without this server. At its top is what to add to this
        server's options so that it believes the web server.

        {style.Heading("Options:")}
          {style.Name("--https-redirect")}          have it speak HTTPS, and send HTTP there; needs --server-name
          {style.Name("--certificate FILE")}        for HTTPS: the certificate with its intermediates
          {style.Name("--certificate-key FILE")}    and its key
          {style.Name("--public-port PORT")}        port of the web server for HTTP, 80 unless given
          {style.Name("--public-https-port PORT")}  and for HTTPS, 443 unless given
          {style.Name("-h, --help")}                this text
          every option of {style.Name("addergate start-server")}

        {style.Heading("Example:")}
          addergate proxy-config nginx mysite.wsgi --port 8000 --server-name www.example.com \
              --url-alias /static static --https-redirect > /etc/nginx/conf.d/mysite.conf

        """;
}
