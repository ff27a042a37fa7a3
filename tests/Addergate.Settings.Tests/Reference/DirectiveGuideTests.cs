namespace Addergate.Settings.Tests.Reference;

/// <summary>The walk over the directives of mod_wsgi: the guide for who comes from there has an answer for each.</summary>
public sealed class DirectiveGuideTests
{
    private const string Directives =
        """
        WSGIAcceptMutex WSGIAccessScript WSGIApplicationGroup WSGIAuthGroupScript WSGIAuthUserScript
        WSGICallableObject WSGICaseSensitivity WSGIChunkedRequest WSGIDaemonProcess WSGIDestroyInterpreter
        WSGIDispatchScript WSGIDontWriteBytecode WSGIEnableSendfile WSGIErrorOverride WSGIFreeThreading
        WSGIGroupAuthoritative WSGIHandlerScript WSGIIgnoreActivity WSGIImportScript WSGIInterpreterOptions
        WSGIMapHEADToGET WSGIPassApacheRequest WSGIPassAuthorization WSGIPerInterpreterGIL WSGIProcessGroup
        WSGIPythonEggs WSGIPythonHashSeed WSGIPythonHome WSGIPythonOptimize WSGIPythonPath WSGIPythonWarnings
        WSGIRestrictEmbedded WSGIRestrictProcess WSGIRestrictSignal WSGIRestrictStdin WSGIRestrictStdout
        WSGIScriptAlias WSGIScriptAliasMatch WSGIScriptReloading WSGIServerMetrics WSGISlowRequests
        WSGISocketPrefix WSGISocketRotation WSGISwitchInterval WSGITelemetryOptions WSGITelemetryService
        WSGITrustedProxies WSGITrustedProxyHeaders WSGIVerboseDebugging
        """;

    private const string Options =
        """
        chroot connect-timeout cpu-priority cpu-time-limit deadlock-timeout display-name eviction-timeout
        graceful-timeout header-buffer-size home inactivity-timeout interrupt-timeout lang listen-backlog
        locale maximum-requests memory-limit processes python-eggs python-home python-path queue-timeout
        request-timeout response-buffer-size response-flush-delay response-socket-timeout restart-interval
        script-user send-buffer-size server-metrics shutdown-timeout socket-timeout socket-user stack-size
        startup-timeout supplementary-groups switch-interval threads umask user virtual-memory-limit
        """;

    private static readonly string Guide =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "coming-from-mod_wsgi.md"));

    [Fact]
    public void Each_directive_has_its_counterpart_in_the_guide() => Assert.All(
        Directives.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        static name => Assert.Contains(name, Guide, StringComparison.Ordinal));

    [Fact]
    public void Each_option_of_a_daemon_process_has_its_counterpart_in_the_guide() => Assert.All(
        Options.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        static name => Assert.Matches($"[`-]{name}[` ]", Guide));
}
