using Addergate.Cli.Terminals;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate --help</c>: what commands there are.</summary>
internal static class HelpCommand
{
    internal static int Run()
    {
        Write(StandardStream.Output);
        return ExitStatus.Success;
    }

    internal static void Write(StandardStream stream)
    {
        var style = stream.Style;
        stream.Write(
            $"""
            {style.Strong("Addergate")} {ProductVersion.Text}: serves Python WSGI applications from isolated worker processes.

            {style.Heading("Usage:")} addergate COMMAND [options]

            {style.Heading("Commands:")}
              {style.Name("start-server")} [ENTRY]   serve an application in the foreground
              {style.Name("setup-server")} [ENTRY]   write the settings and a control script for later starts
              {style.Name("install-service")} NAME   write a service of systemd that runs a server
              {style.Name("proxy-config")} NAME      print what nginx, apache or caddy needs in front of it
              {style.Name("check-config")} [ENTRY]   say what is in force, or every mistake, and start nothing
              {style.Name("explain")} URL [ENTRY]    say who would answer a URL, and why
              {style.Name("status")} [--json]        show the servers that run here, their processes and requests
              {style.Name("reload")}                 load the application anew, without losing a request
              {style.Name("upgrade")}                put a new server in this one's place, without refusing a connection
              {style.Name("restart")}                end and start again, while new connections wait
              {style.Name("evict")} PID              replace one worker, without losing a request
              {style.Name("stop")}                   finish what runs, and end the server
              {style.Name("reopen-logs")}            open the log files anew, after they were moved
              {style.Name("help")} COMMAND           the options of a command (also: addergate COMMAND --help)
              {style.Name("--version")}              print the version

            {style.Heading("Try:")}
              addergate start-server                        {style.Faint("# a welcome page on http://127.0.0.1:8000/")}
              addergate start-server app.wsgi               {style.Faint("# a script")}
              addergate start-server mysite.wsgi            {style.Faint("# a Django project")}
              addergate start-server 'shop:create_app()'    {style.Faint("# a Flask application factory")}

            """);
    }
}
