using Addergate.Cli.Configuration;
using Addergate.Cli.Machines;
using Addergate.Cli.Setup;
using Addergate.Cli.Terminals;
using Addergate.Settings.Reference;
using Addergate.Settings.Sources;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate setup-server [ENTRY] [options]</c>: what start-server with the same words would do, written down for
/// later starts.</summary>
internal static class SetupServerCommand
{
    internal static int Run(string[] arguments)
    {
        var line = CommandLineReader.Read(arguments);
        if (line.HelpAsked)
        {
            StandardStream.Output.Write(Help(StandardStream.Output.Style));
            return ExitStatus.Success;
        }

        var (machine, layout) = (new LocalMachine(), new Layout(AppContext.BaseDirectory));
        return ServerSetup.Run(ServerPlanning.Plan(line, machine, layout), machine, layout);
    }

    private static string Help(TextStyle style) =>
        $"""
        {style.Heading("Usage:")} addergate setup-server [ENTRY] [options]

        Takes what start-server takes, and writes it down in the server root instead of
        starting anything:

          addergate.toml   every setting with an absolute path (addergate.json where no
                           Python from 3.11 on is found to read TOML)
          envvars          variables for the application, to be filled in
          addergatectl     start, stop, restart, graceful, reload, status, configtest
          logs/            error_log, access_log and console_log, unless the options say
                           otherwise

        It may be run again: files that nobody has changed are brought up to date, those
        that you have changed are kept, with the new one beside them.

        {style.Heading("Options:")}
          {style.Name("--server-root DIR")}   where to; make it a place that lasts, as /srv/mysite-server
          {style.Name("-h, --help")}          this text
          every option of {style.Name("addergate start-server")}

        {style.Heading("Example:")}
          addergate setup-server mysite.wsgi --port 8080 --user www-data \
              --server-root /etc/mysite
          /etc/mysite/addergatectl start

        For a service of systemd see {style.Name("addergate install-service --help")}.

        """;
}
