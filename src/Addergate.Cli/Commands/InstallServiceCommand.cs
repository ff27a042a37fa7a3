using Addergate.Cli.Machines;
using Addergate.Cli.Systemd;
using Addergate.Cli.Terminals;
using Addergate.Settings.Reference;
using Addergate.Settings.Sources;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate install-service [NAME] [ENTRY] [options]</c>: a service of systemd that does what start-server with
/// the same words would do.</summary>
internal static class InstallServiceCommand
{
    internal static int Run(string[] arguments)
    {
        var line = CommandLineReader.Read(arguments, ServiceInstallation.Options);
        if (line.HelpAsked)
        {
            StandardStream.Output.Write(Help(StandardStream.Output.Style));
            return ExitStatus.Success;
        }

        return ServiceInstallation.Run(line, new LocalMachine(), new Layout(AppContext.BaseDirectory));
    }

    private static string Help(TextStyle style) =>
        $"""
        {style.Heading("Usage:")} addergate install-service [NAME] [ENTRY] [options]

        Writes what systemd needs to run the server that start-server with the same ENTRY
        and options would run, and has systemd check it; starts nothing:

          /etc/systemd/system/NAME.service   may do what a web server does and nothing else
          /etc/systemd/system/NAME.socket    only with --socket-activation
          /etc/logrotate.d/NAME              unless logs go to the journal
          /etc/tmpfiles.d/NAME.conf          its directories

        NAME is letters, digits, - and _; without one it is that of the current directory.
        Everything runs as --user, unless there is HTTPS: then the supervisor stays root, so
        that the application cannot read the key. A configuration file goes on being read
        where it is. Logs go to /var/log/NAME; with --log-to-terminal to the journal.

        It may be run again: files that nobody has changed are brought up to date, those
        that you have changed are kept, with the new one beside them.

        {style.Heading("Options:")}
          {style.Name("--user USER")}            who the application runs as; needed when run as root
          {style.Name("--socket-activation")}    have systemd open the ports, and keep them open over a restart
          {style.Name("--writable DIR")}         a directory that the application writes in; may be repeated
          {style.Name("--dry-run")}              print the files, and write nothing
          {style.Name("--output DIR")}           write all of them into this directory
          {style.Name("--root DIR")}             write them below this directory instead of /
          {style.Name("-h, --help")}             this text
          every option of {style.Name("addergate start-server")}

        {style.Heading("Example:")}
          cd /srv/mysite
          addergate install-service mysite mysite.wsgi --user www-data --port 80 --processes 4

        """;
}
