using System.Net;
using System.Net.Sockets;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.CommandLine;

/// <summary>Each mistake: a short message on stderr that names it, the exit status, nothing left running.</summary>
public sealed class BadInputTests
{
    private const int Usage = 2;
    private const int Failed = 1;

    private static readonly string Broken = Path.Combine(Layout.Apps, "broken");

    public static TheoryData<string> OldPythons => [.. Pythons.TooOld];

    [Theory]
    [InlineData("nosuch.wsgi", "nosuch.wsgi")]
    [InlineData("/", "directory")]
    [InlineData("--prot 8000", "--port")]
    [InlineData("--frobnicate", "--frobnicate")]
    [InlineData("--threads 0", "--threads")]
    [InlineData("--threads many", "many")]
    [InlineData("--threads 1e3", "1e3")]
    [InlineData("--processes -1", "--processes")]
    [InlineData("--processes 99999999999999999999", "--processes")]
    [InlineData("--port 65536", "65536")]
    [InlineData("--port eighty", "eighty")]
    [InlineData("--port", "--port")]
    [InlineData("--keep-alive-timeout banana", "banana")]
    [InlineData("--limit-request-body lots", "lots")]
    [InlineData("--request-buffering maybe", "maybe")]
    [InlineData("--log-level loud", "loud")]
    [InlineData("--access-log --access-log-format apache", "apache")]
    [InlineData("hello.wsgi --application-type foo", "foo")]
    [InlineData("--user nosuchuser", "nosuchuser")]
    [InlineData("--group nosuchgroup", "nosuchgroup")]
    [InlineData("--host example.invalid", "example.invalid")]
    [InlineData("--python /nosuch/python", "/nosuch/python")]
    [InlineData("--python-home /nosuch", "/nosuch")]
    [InlineData("--working-directory /nosuch", "/nosuch")]
    [InlineData("--pid-file /nosuch/pid", "--pid-file: there is no directory /nosuch; make it first")]
    [InlineData("--pid-file /", "--pid-file: / is a directory; name a file in it")]
    [InlineData("--access-log=/nosuch/log", "--access-log: there is no directory /nosuch; make it first")]
    [InlineData("--log-directory /etc/passwd", "--log-directory: /etc/passwd is a file, not a directory")]
    [InlineData("--https-port 8443", "--ssl-certificate-file")]
    [InlineData("--https-port 0 --ssl-certificate-file /nosuch.crt --ssl-certificate-key-file /nosuch.key", "/nosuch.key")]
    [InlineData("one.wsgi two.wsgi", "two.wsgi")]
    public void A_mistake_on_the_command_line_is_named(string arguments, string named)
    {
        var errors = Refused(Usage, [.. arguments.Split(' ')]);
        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.True(errors.Split('\n').Length <= 6, errors);
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var errors = Refused(Usage, "--threads", "none", "--port", "none", "--nosuch");
        foreach (var named in (string[])["--threads", "--port", "--nosuch"])
        {
            Assert.Contains(named, errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_wrong_inside_certificates_is_named_beside_all_else()
    {
        using var directory = new TemporaryDirectory();
        var (certificate, _) = Certificates.Make(directory.Path, "site");
        var junk = directory.Write("junk.pem", "junk\n");
        var errors = Refused(
            Usage, "--https-port", "0", "--ssl-certificate-file", junk, "--ssl-certificate-key-file", junk,
            "--ssl-certificate-file", certificate, "--ssl-certificate-key-file", directory.In("nosuch.key"),
            "--ssl-ca-certificate-file", junk, "--threads", "none");
        foreach (var named in (string[])
            [
                $"--ssl-certificate-file: {junk} has no certificate",
                $"--ssl-certificate-key-file: {junk} has no private key",
                $"--ssl-ca-certificate-file: {junk} has no certificate",
                "nosuch.key",
                "--threads: \"none\"",
                "5 mistakes",
            ])
        {
            Assert.Contains(named, errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_kind_of_key_that_is_not_supported_is_called_that()
    {
        using var directory = new TemporaryDirectory();
        Tool.Succeed("openssl", "genpkey", "-algorithm", "ed25519", "-out", directory.In("ed.key"));
        Tool.Succeed(
            "openssl", "req", "-x509", "-key", directory.In("ed.key"), "-days", "1", "-subj", "/CN=ed", "-out", directory.In("ed.crt"));
        Assert.Contains(
            "is of a kind that is not supported, such as Ed25519; have a certificate made for an RSA or ECDSA key",
            Refused(Usage, "--https-port", "0", "--ssl-certificate", directory.In("ed")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_of_PasteDeploy_is_not_read_as_Python()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("production.ini", "[app:main]\n");
        Assert.Contains(
            "production.ini is a configuration of PasteDeploy by its name, and would be read as Python; add --application-type paste",
            Refused(Usage, file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_what_is_served_says_where_that_is_written()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("several.toml", "[[application]]\nentry-point = 'nosuch.py'\n");
        Assert.Contains("several.toml:2: entry-point: there is no script", Refused(Usage, "--config", file), StringComparison.Ordinal);
        Assert.Contains("--entry-point: there is no script", Refused(Usage, "--entry-point", "nosuch.py"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OldPythons))]
    public void A_Python_that_is_too_old_is_refused(string python) =>
        Assert.Contains("3.9", Refused(Usage, "--python", python), StringComparison.Ordinal);

    [Fact]
    public void What_is_not_a_Python_is_refused() =>
        Assert.Contains("/bin/true", Refused(Usage, "--python", "/bin/true"), StringComparison.Ordinal);

    [Fact]
    public void A_Python_without_ctypes_is_refused()
    {
        using var directory = new TemporaryDirectory();
        Assert.Contains("ctypes", Refused(
            Usage, "--python", directory.WriteProgram("python", PythonThat(
                "sys.modules['ctypes'] = sys.modules['_ctypes'] = None"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_32_bit_Python_is_refused()
    {
        using var directory = new TemporaryDirectory();
        Assert.Contains("64-bit", Refused(
            Usage, "--python", directory.WriteProgram("python", PythonThat(
                "import struct; struct.calcsize = lambda format: 4; sys.maxsize = 2 ** 31 - 1"))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("syntax_error.wsgi", "SyntaxError")]
    [InlineData("raises.wsgi", "LookupError: no configuration here")]
    [InlineData("exits.wsgi", "SystemExit")]
    [InlineData("no_callable.wsgi", "application")]
    [InlineData("not_callable.wsgi", "not callable")]
    [InlineData("factory_raises:create_app()", "LookupError: the factory has no configuration")]
    [InlineData("factory_raises:create_none()", "not callable")]
    [InlineData("factory_raises:nosuch", "nosuch")]
    [InlineData("imports_missing", "a_module_that_is_not_there")]
    [InlineData("nosuchmodule", "nosuchmodule")]
    [InlineData("nosuchpackage.wsgi:application", "nosuchpackage")]
    public void An_application_that_cannot_be_loaded_ends_the_start(string entry, string named)
    {
        if (entry.EndsWith(".wsgi", StringComparison.Ordinal))
        {
            entry = Path.Combine(Broken, entry);
        }

        var errors = Refused(Failed, entry, "--working-directory", Broken);
        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Addergate", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_syntax_error_comes_with_its_line()
    {
        var errors = Refused(Failed, Path.Combine(Broken, "syntax_error.wsgi"));
        Assert.Contains("syntax_error.wsgi\", line 4", errors, StringComparison.Ordinal);
        Assert.Contains("def application(environ, start_response)", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(provider: null);
        var errors = Refused(
            new ServerStart
            {
                Arguments = [Layout.Conformance, "--host", "127.0.0.1", "--port", port],
                OnFreePort = false,
            },
            Failed);
        Assert.Contains(port, errors, StringComparison.Ordinal);
        Assert.Contains("in use", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_is_not_one_is_named()
    {
        using var directory = new TemporaryDirectory();
        var (certificate, key) = Certificates.Make(directory.Path, "good");
        var garbage = directory.Write("garbage.pem", "not a certificate");
        var (_, otherKey) = Certificates.Make(directory.Path, "other");

        Assert.Contains(garbage, Tls(garbage, key), StringComparison.Ordinal);
        Assert.Contains(garbage, Tls(certificate, garbage), StringComparison.Ordinal);
        Assert.Contains("key", Tls(certificate, otherKey), StringComparison.Ordinal);

        static string Tls(string certificate, string key) => Refused(
            Usage, "--https-port", "0", "--ssl-certificate-file", certificate, "--ssl-certificate-key-file", key);
    }

    [Fact]
    public void No_command_and_an_unknown_command_are_usage_errors()
    {
        Assert.Equal(Usage, Tool.Run(Layout.Program, "strat-server").Status);
        Assert.Contains("start-server", Tool.Run(Layout.Program, "strat-server").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_and_help_go_to_standard_output()
    {
        Assert.Matches(@"^addergate \d+\.\d+\.\d+", Tool.Succeed(Layout.Program, "--version"));
        Assert.Contains("start-server", Tool.Succeed(Layout.Program, "--help"), StringComparison.Ordinal);
        var help = Tool.Succeed(Layout.Program, "start-server", "--help");
        foreach (var option in (string[])
            [
                "--host", "--port", "--processes", "--threads", "--working-directory", "--python-path", "--python",
                "--python-home", "--callable-object", "--application-type", "--user", "--group", "--log-level",
                "--access-log", "--access-log-format", "--log-to-terminal", "--limit-request-body",
                "--keep-alive-timeout", "--request-buffering", "--server-root", "--pid-file", "--https-port",
                "--ssl-certificate-file", "--ssl-certificate-key-file", "--http2", "--startup-timeout",
                "--shutdown-timeout", "--graceful-timeout",
            ])
        {
            Assert.Contains(option, help, StringComparison.Ordinal);
        }
    }

    // What a shell script would do around a real interpreter: something is changed before the rest runs.
    private static string PythonThat(string change) =>
        $"""
        #!{Pythons.Default}
        import sys
        {change}
        arguments = sys.argv[1:]
        while arguments and arguments[0].startswith("-") and arguments[0] != "-c":
            arguments.pop(0)
        if arguments[:1] == ["-c"]:
            sys.argv = arguments[1:]
            exec(compile(arguments[1], "<string>", "exec"))
        else:
            sys.argv = arguments
            exec(compile(open(arguments[0]).read(), arguments[0], "exec"))
        """;

    private static string Refused(int status, params string[] arguments) => Refused(
        new ServerStart
        {
            Arguments = arguments,
            Python = arguments.Any(static a => a.StartsWith("--python", StringComparison.Ordinal))
                ? null : Pythons.Default,
            OnFreePort = !arguments.Any(static a => a is "--port" or "--host"),
        },
        status);

    private static string Refused(ServerStart start, int status)
    {
        using var server = ServerProcess.Launch(start);
        Assert.Equal(status, server.WaitForExit());
        server.AssertNothingIsLeft();
        server.WaitForOutput();
        Assert.DoesNotContain("Ready", server.Errors, StringComparison.Ordinal);
        return server.Errors;
    }
}
