using Addergate.Settings.Declarations;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Tests.Reference;

/// <summary>The walk over the command line of mod_wsgi-express: each of its options is known here.</summary>
public sealed class ExpressOptionsTests
{
    private const string Express =
        """
        application-type entry-point callable-object application-group process-group working-directory python-path
        python-eggs python-warnings lang locale setenv passenv envvars-script shell-executable orphan-interpreter
        switch-interval free-threading add-handler map-head-to-get host port http2 https-port ssl-port
        ssl-certificate ssl-certificate-file ssl-certificate-key-file ssl-certificate-chain-file
        ssl-ca-certificate-file ssl-verify-client ssl-environment https-only hsts-policy server-name server-alias
        allow-localhost proxy-virtual-host server-backlog keep-alive-timeout enable-sendfile compress-responses
        server-mpm processes threads max-clients initial-workers minimum-spare-workers maximum-spare-workers
        embedded-mode daemon-backlog limit-request-body maximum-requests restart-interval cpu-time-limit user group
        process-name socket-prefix send-buffer-size receive-buffer-size header-buffer-size response-buffer-size
        mount-point document-root directory-index directory-listing allow-override url-alias error-document
        error-override rewrite-rules include-file mime-types with-cgi with-php5 enable-docs chunked-request
        proxy-mount-point proxy-url-alias proxy-timeout trust-proxy-header trust-proxy startup-timeout
        shutdown-timeout graceful-timeout eviction-timeout deadlock-timeout inactivity-timeout ignore-activity
        request-timeout interrupt-timeout connect-timeout socket-timeout queue-timeout header-timeout
        header-max-timeout header-min-rate body-timeout body-max-timeout body-min-rate response-socket-timeout
        response-flush-delay log-directory log-level log-to-terminal access-log access-log-format error-log-format
        access-log-name error-log-name startup-log-name startup-log rotate-logs max-log-size rotatelogs-executable
        service-log-file verbose-debugging server-status server-metrics telemetry-service enable-telemetry
        telemetry-ui-port telemetry-interval telemetry-options slow-requests host-access-script auth-user-script
        auth-type auth-group-script auth-group service-script service-user service-group reload-on-changes
        disable-reloading debug-mode enable-debugger debugger-startup enable-coverage coverage-directory
        enable-profiler profiler-directory enable-recorder recorder-directory enable-gdb gdb-executable server-root
        pid-file setup-only httpd-executable modules-directory
        """;

    private static readonly string[] All = Words(Express);

    [Fact]
    public void There_are_152_of_them() => Assert.Equal(152, All.Distinct().Count());

    [Fact]
    public void Each_is_declared() => Assert.DoesNotContain(All, static name => AllSettings.Find(name) is null);

    [Fact]
    public void Each_that_is_declared_says_where_it_comes_from() => Assert.Empty(All
        .Select(AllSettings.Find)
        .OfType<Setting>()
        .Where(static setting => !setting.Provenance.Contains("mod_wsgi", StringComparison.Ordinal))
        .Select(static setting => setting.Name));

    [Fact]
    public void What_has_no_effect_is_accepted_with_a_line_that_says_what_is_done_instead()
    {
        foreach (var setting in SupersededDeclarations.List)
        {
            string[] words = setting.Form == SettingForm.Flag ? [setting.Option] : [setting.Option, "5"];
            var line = CommandLineReader.Read(["app.wsgi", .. words]);
            Assert.Empty(line.Mistakes);
            var result = Resolve.Line(string.Join(' ', ["app.wsgi", .. words]));
            Assert.Empty(result.Mistakes);
            Assert.Contains($"{setting.Option} has no effect: {setting.Notice}", result.Warnings);
        }
    }

    [Fact]
    public void Without_them_nothing_is_said() => Assert.Empty(Resolve.Line("app.wsgi").Warnings);

    private static string[] Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
