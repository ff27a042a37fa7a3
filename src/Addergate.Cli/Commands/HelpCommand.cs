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
              {style.Name("help")} start-server      its options (also: addergate start-server --help)
              {style.Name("--version")}              print the version

            {style.Heading("Try:")}
              addergate start-server                        {style.Faint("# a welcome page on http://127.0.0.1:8000/")}
              addergate start-server app.wsgi               {style.Faint("# a script")}
              addergate start-server mysite.wsgi            {style.Faint("# a Django project")}
              addergate start-server 'shop:create_app()'    {style.Faint("# a Flask application factory")}

            """);
    }
}
