namespace Addergate.Cli.Setup;

/// <summary>Variables of the server and the application, for <see cref="ControlScript"/>.</summary>
internal static class EnvironmentScript
{
    internal const string Text =
        """
        # Read by addergatectl as a shell script before it does anything. What is set here is in the environment of the server
        # and of the application; after a change: addergatectl stop, addergatectl start.
        #
        #   DJANGO_SETTINGS_MODULE=mysite.settings.production
        #   DATABASE_URL='postgresql://mysite@localhost/mysite'
        #
        # Settings of the server may stand here too, and go before the configuration file:
        #
        #   ADDERGATE_LOG_LEVEL=info

        """;
}
