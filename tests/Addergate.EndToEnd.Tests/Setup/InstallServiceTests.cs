using System.Globalization;
using System.Text.RegularExpressions;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Setup;

/// <summary>What <c>addergate install-service</c> writes, and what the programs say that read it.</summary>
public sealed partial class InstallServiceTests : IDisposable
{
    private static readonly string User = System.Environment.UserName == "root" ? "www-data" : System.Environment.UserName;

    private readonly TemporaryDirectory _directory = new();

    public InstallServiceTests() => _directory.Write(
        "app.py", "def application(environ, start_response):\n    start_response('200 OK', [])\n    return [b'here']\n");

    public void Dispose() => _directory.Dispose();

    private string Files => Path.Combine(_directory.Path, "files");

    private Tool Install(params string[] arguments) => Tool.Run(
        "env",
        [
            "-u", "VIRTUAL_ENV", "-u", "PORT", "-u", "WEB_CONCURRENCY", "-C", _directory.Path, "ADDERGATE_THREADS=3",
            Layout.Program, "install-service", .. arguments,
        ]);

    private Tool Site(params string[] arguments) =>
        Install(["mysite", "app.py", "--user", User, "--python", Pythons.Default!, "--output", Files, .. arguments]);

    private string Read(string name) => File.ReadAllText(Path.Combine(Files, name));

    [Fact]
    public void Systemd_has_nothing_to_complain_about_and_finds_the_service_little_exposed()
    {
        Tool.Require("systemd-analyze");
        var install = Site("--socket-activation", "--setenv", "A", "50% of $HOME \"and\" more");
        Assert.True(install.Status == 0, install.Errors + install.Output);
        Assert.Contains("systemd-analyze verify    nothing to complain about\n", install.Output, StringComparison.Ordinal);
        var exposure = Exposure().Match(install.Output).Groups[1].Value;
        Assert.InRange(double.Parse(exposure, CultureInfo.InvariantCulture), 0, 2.5);
        var verified = Tool.Run("systemd-analyze", "verify", "--man=no", $"{Files}/mysite.service", $"{Files}/mysite.socket");
        Assert.Equal((0, ""), (verified.Status, verified.Errors));
        Assert.Contains("systemctl enable --now mysite.socket mysite.service\n", install.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_unit_that_systemd_dislikes_is_told_and_fails()
    {
        Tool.Require("systemd-analyze");
        Site();
        File.AppendAllText(Path.Combine(Files, "mysite.service"), "\n[Service]\nProtectEverything=yes\n");
        var install = Site();
        Assert.Equal(1, install.Status);
        Assert.Contains("complains:\n", install.Output, StringComparison.Ordinal);
        Assert.Contains("ProtectEverything", install.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_unit_says_what_was_resolved()
    {
        Site("--setenv", "A", "50% of $$HOME", "--graceful-timeout", "100", "--port", "80", "--writable", _directory.Path);
        var unit = Read("mysite.service").Split('\n');
        Assert.Contains($"ExecStart={Layout.Program} start-server {_directory.Path}/app.py \\", unit);
        Assert.Contains("    --threads 3 \\", unit);
        // Neither systemd nor the server takes it for a variable.
        Assert.Contains("    --setenv A \"50%% of $$$$HOME\" \\", unit);
        Assert.Contains("    --server-root /var/lib/mysite/run \\", unit);
        Assert.Contains($"User={User}", unit);
        Assert.DoesNotContain(unit, static line => line.Contains("--user", StringComparison.Ordinal));
        Assert.Contains("TimeoutStopSec=120", unit);
        Assert.Contains("CapabilityBoundingSet=CAP_NET_BIND_SERVICE", unit);
        Assert.Contains("AmbientCapabilities=CAP_NET_BIND_SERVICE", unit);
        Assert.Contains($"ReadWritePaths=-{_directory.Path}", unit);

        // What lies in /tmp would not be seen.
        Assert.Contains("PrivateTmp=no", unit);
        Assert.Contains("MemoryDenyWriteExecute=no", unit);
        Site("--port", "8080");
        unit = Read("mysite.service").Split('\n');
        Assert.Contains("CapabilityBoundingSet=", unit);
    }

    [Fact]
    public void Systemd_opens_the_port_where_that_is_asked_for()
    {
        Site("--socket-activation", "--port", "80", "--host", "*", "--server-backlog", "77");
        var socket = Read("mysite.socket").Split('\n');
        Assert.Contains("ListenStream=0.0.0.0:80", socket);
        Assert.Contains("Backlog=77", socket);
        var unit = Read("mysite.service").Split('\n');
        Assert.Contains("Requires=mysite.socket", unit);
        Assert.Contains("CapabilityBoundingSet=", unit);
        Assert.DoesNotContain(unit, static line => line.StartsWith("FileDescriptorStoreMax", StringComparison.Ordinal));
    }

    [Fact]
    public void With_HTTPS_the_supervisor_stays_root_so_that_the_application_cannot_read_the_key()
    {
        Assert.SkipUnless(System.Environment.UserName == "root", "Only root can name another user.");
        var (certificate, key) = Certificates.Make(_directory.Path, "site");
        var install = Site("--https-port", "443", "--ssl-certificate-file", certificate, "--ssl-certificate-key-file", key);
        Assert.True(install.Status == 0, install.Errors + install.Output);
        var unit = Read("mysite.service").Split('\n');
        Assert.DoesNotContain(unit, static line => line.StartsWith("User=", StringComparison.Ordinal));
        Assert.Contains($"    --user {User} \\", unit);
        Assert.Contains(
            "CapabilityBoundingSet=CAP_SETUID CAP_SETGID CAP_KILL CAP_CHOWN CAP_DAC_OVERRIDE CAP_SYS_RESOURCE CAP_NET_BIND_SERVICE",
            unit);
        Assert.DoesNotContain("    su ", Read("mysite.logrotate"), StringComparison.Ordinal);
    }

    [Fact]
    public void Workers_are_held_in_a_directory_by_a_supervisor_that_is_root()
    {
        Assert.SkipUnless(System.Environment.UserName == "root", "Only root can name another user.");
        var install = Site("--chroot", _directory.Path);
        Assert.True(install.Status == 0, install.Errors + install.Output);
        var unit = Read("mysite.service").Split('\n');
        Assert.DoesNotContain(unit, static line => line.StartsWith("User=", StringComparison.Ordinal));
        Assert.Contains(
            "CapabilityBoundingSet=CAP_SETUID CAP_SETGID CAP_KILL CAP_CHOWN CAP_DAC_OVERRIDE CAP_SYS_RESOURCE CAP_SYS_CHROOT",
            unit);
    }

    [Fact]
    public void A_configuration_file_goes_on_being_read_where_it_is()
    {
        var file = _directory.Write("addergate.toml", "entry-point = 'app.py'\nprocesses = 2\n");
        Assert.Equal(0, Install("mysite", "--user", User, "--python", Pythons.Default!, "--output", Files).Status);
        var unit = Read("mysite.service");
        Assert.Contains($"    --config {file}\n", unit, StringComparison.Ordinal);
        Assert.DoesNotContain("--processes", unit, StringComparison.Ordinal);
        Assert.DoesNotContain("app.py \\", unit, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_applications_stay_in_their_file_and_their_users_need_a_supervisor_that_is_root()
    {
        Assert.SkipUnless(System.Environment.UserName == "root", "Only root can name other users.");
        var file = _directory.Write(
            "addergate.toml",
            $"""
            user = "www-data"
            python = "{Pythons.Default}"
            [[application]]
            entry-point = "app.py"
            [[application]]
            entry-point = "app.py"
            mount-point = "/blog"
            user = "nobody"
            """);
        var install = Install("mysite", "--output", Files);
        Assert.True(install.Status == 0, install.Errors + install.Output);
        var unit = Read("mysite.service").Split('\n');
        Assert.Contains("# The supervisor is root because applications run as different users.", unit);
        Assert.Contains($"    --config {file}", unit);
        Assert.DoesNotContain(unit, static line => line.Contains("entry-point", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_mistake_is_told_and_nothing_is_written()
    {
        var install = Install("mysite", "--port", "0", "--output", Files, "--root", Files, "--writable", "none", "--threads", "x");
        Assert.Equal((2, ""), (install.Status, install.Output));
        foreach (var part in (string[])["--output and --root both", "--writable: there is no directory", "\"x\" is not a whole"])
        {
            Assert.Contains(part, install.Errors, StringComparison.Ordinal);
        }

        install = Install("mysite", "--port", "0", "--output", Files);
        Assert.Contains("there is no application to serve", install.Errors, StringComparison.Ordinal);
        Assert.Contains("a service needs a port that stays the same", install.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Files));
    }

    [Fact]
    public void A_dry_run_prints_the_files_and_writes_none()
    {
        var dry = Install("app.py", "--user", User, "--python", Pythons.Default!, "--dry-run");
        Assert.Equal(0, dry.Status);
        var name = Path.GetFileName(_directory.Path);
        Assert.StartsWith($"==> /etc/systemd/system/{name}.service <==\n", dry.Output, StringComparison.Ordinal);
        Assert.Contains($"==> /etc/logrotate.d/{name} <==\n", dry.Output, StringComparison.Ordinal);
        Assert.Contains($"==> /etc/tmpfiles.d/{name}.conf <==\n", dry.Output, StringComparison.Ordinal);
        Assert.False(File.Exists($"/etc/systemd/system/{name}.service"));
    }

    [Fact]
    public void It_may_be_run_again_and_keeps_what_somebody_has_changed()
    {
        string[] again = ["mysite", "app.py", "--user", User, "--python", Pythons.Default!, "--root", Files];
        Assert.Equal(3, Install(again).Output.Split("  wrote  ").Length - 1);
        Assert.Equal(3, Install(again).Output.Split("  unchanged  ").Length - 1);
        var file = Path.Combine(Files, "etc/logrotate.d/mysite");
        File.AppendAllText(file, "# mine\n");
        Assert.Contains("  kept yours  " + file, Install([.. again, "--error-log-name", "errors"]).Output, StringComparison.Ordinal);
        Assert.EndsWith("# mine\n", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Contains("/errors\"", File.ReadAllText(file + ".new.disabled"), StringComparison.Ordinal);
    }

    [Fact]
    public void Logrotate_rotates_the_logs_of_the_running_server()
    {
        Tool.Require("/usr/sbin/logrotate");
        var logs = Path.Combine(_directory.Path, "logs");
        Directory.CreateDirectory(logs);
        using var server = ServerProcess.Start(ServerStart.Conformance("--access-log", "--log-directory", logs));
        var self = System.Environment.UserName;
        var install = Install(
            "mysite", "app.py", "--user", self, "--access-log", "--log-directory", logs, "--server-root", server.Root,
            "--output", Files);
        Assert.True(install.Status == 0, install.Errors + install.Output);
        var file = Path.Combine(Files, "mysite.logrotate");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var debug = Tool.Run("/usr/sbin/logrotate", "--debug", file);
        Assert.True(debug.Status == 0 && !debug.Errors.Contains("error:", StringComparison.Ordinal), debug.Errors);

        Servers.Get(server.Port, "/hello?before");
        var log = Path.Combine(logs, "access_log");
        Until.True(() => File.ReadAllText(log).Contains("before", StringComparison.Ordinal), "the first line");
        Tool.Succeed("/usr/sbin/logrotate", "--force", "--state", Path.Combine(_directory.Path, "state"), file);
        Servers.Get(server.Port, "/hello?after");
        Until.True(() => File.Exists(log) && File.ReadAllText(log).Contains("after", StringComparison.Ordinal), "the second");
        Assert.DoesNotContain("after", File.ReadAllText(log + ".1"), StringComparison.Ordinal);
        Assert.Contains("before", File.ReadAllText(log + ".1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_server_rotates_or_the_journal_has_the_logs_there_is_nothing_to_rotate()
    {
        Site("--log-to-terminal");
        Assert.False(File.Exists(Path.Combine(Files, "mysite.logrotate")));
        Assert.DoesNotContain("LogsDirectory", Read("mysite.service"), StringComparison.Ordinal);
        Site("--error-log-name", "syslog:");
        Assert.False(File.Exists(Path.Combine(Files, "mysite.logrotate")));
        Assert.Contains("LogsDirectory=mysite\n", Read("mysite.service"), StringComparison.Ordinal);
        Site("--rotate-logs");
        Assert.False(File.Exists(Path.Combine(Files, "mysite.logrotate")));
        Assert.Contains("LogsDirectory=mysite\n", Read("mysite.service"), StringComparison.Ordinal);
    }

    [Fact]
    public void Systemd_tmpfiles_makes_the_directories()
    {
        Tool.Require("systemd-tmpfiles");
        Assert.SkipUnless(System.Environment.UserName == "root", "Only root can give directories away.");
        Site();
        var root = Path.Combine(_directory.Path, "root");
        Directory.CreateDirectory(Path.Combine(root, "etc"));
        File.Copy("/etc/passwd", Path.Combine(root, "etc", "passwd"));
        File.Copy("/etc/group", Path.Combine(root, "etc", "group"));

        // Nothing but this file, and nothing but below this directory.
        Tool.Succeed("systemd-tmpfiles", "--create", $"--root={root}", Path.Combine(Files, "mysite.tmpfiles.conf"));
        foreach (var place in (string[])["run", "var/lib", "var/log"])
        {
            Assert.Equal("33:33 755", Tool.Succeed("stat", "-c", "%u:%g %a", Path.Combine(root, place, "mysite")).Trim());
        }
    }

    [Fact]
    public void A_service_of_a_package_is_not_replaced()
    {
        const string Units = "/usr/lib/systemd/system";
        var unit = Directory.Exists(Units)
            ? Directory.EnumerateFiles(Units, "*.service").Select(Path.GetFileNameWithoutExtension)
                .FirstOrDefault(static name => name!.All(char.IsAsciiLetter))
            : null;
        Assert.SkipWhen(unit is null, "No package has installed a service here.");
        var install = Install(unit!, "app.py", "--user", User, "--dry-run");
        Assert.Equal(2, install.Status);
        Assert.Contains($"there is a service {unit} already", install.Errors, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"exposure ([\d.]+) ")]
    private static partial Regex Exposure();
}
