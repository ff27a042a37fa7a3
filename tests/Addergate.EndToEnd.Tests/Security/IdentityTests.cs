using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Security;

/// <summary>Started as root: groups, owners of scripts, and who may say what root does.</summary>
public sealed class IdentityTests : IDisposable
{
    private const string App =
        """
        import json, os

        def application(environ, start_response):
            start_response("200 OK", [])
            return [json.dumps({"uid": os.getuid(), "gid": os.getgid(), "groups": os.getgroups()}).encode()]
        """;

    private readonly TemporaryDirectory _directory = new();

    public IdentityTests()
    {
        if (System.Environment.UserName != "root")
        {
            Assert.Skip("Only root can become somebody else.");
        }
    }

    [Fact]
    public void Further_groups_take_the_place_of_the_users_own()
    {
        var script = _directory.Write("app.py", App);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [script, "--user", "#4711", "--group", "#4712", "--supplementary-groups", "adm,4713"],
        });
        var said = JsonDocument.Parse(Servers.Get(server.Port, "/").Body).RootElement;
        Assert.Equal((4711, 4712), (said.GetProperty("uid").GetInt32(), said.GetProperty("gid").GetInt32()));
        Assert.Equal([4, 4712, 4713], said.GetProperty("groups").EnumerateArray().Select(static group => group.GetInt32()).Order());
        Assert.Contains("Groups:\t4 4712 4713 ", File.ReadAllText($"/proc/{server.FrontEnd().Id}/status"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_of_what_was_run_as_the_user()
    {
        var script = _directory.Write("app.py", App);
        var temporary = Directory.CreateDirectory(_directory.In("temporary")).FullName;
        var start = new ServerStart
        {
            Arguments = [script, "--user", "#4711", "--group", "#4712"],
            NamesRoot = false,
            Environment = new Dictionary<string, string?> { ["TMPDIR"] = temporary },
        };
        using (ServerProcess.Start(start))
        {
            var root = Assert.Single(Directory.GetDirectories(temporary));
            Assert.Equal("4711", Tool.Succeed("stat", "-c", "%u", root).Trim());
        }

        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    [Fact]
    public void Root_writes_no_log_where_a_link_of_the_applications_user_leads()
    {
        var script = _directory.Write("app.py", App);
        var victim = _directory.Write("victim", "precious");
        File.SetUnixFileMode(victim, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var root = Path.Combine(_directory.Path, "root");
        var start = new ServerStart { Arguments = [script, "--user", "#4711", "--group", "#4712", "--startup-log"], Root = root };
        using (var server = ServerProcess.Start(start))
        {
            Until.True(() => File.ReadAllText(Path.Combine(root, "startup_log")).Contains("ready", StringComparison.Ordinal), "its end");
        }

        // In the server root, which is the user's, it is the user who writes.
        Assert.Equal("4711", Tool.Succeed("stat", "-c", "%u", Path.Combine(root, "startup_log")).Trim());
        File.Delete(Path.Combine(root, "startup_log"));
        File.CreateSymbolicLink(Path.Combine(root, "startup_log"), victim);
        Refused(start, "it is a link, or no file");
        Tool.Succeed("ln", "-f", victim, Path.Combine(root, "startup_log"));
        Refused(start, "Permission denied");

        // The same with the directory itself, which the user may replace where he may make others.
        Directory.Delete(root, recursive: true);
        var others = Directory.CreateDirectory(_directory.In("others")).FullName;
        File.CreateSymbolicLink(root, others);
        Tool.Succeed("chown", "-h", "4711:4712", root);
        Refused(start, "Permission denied");
        Assert.Empty(Directory.GetFileSystemEntries(others));

        var logs = Directory.CreateDirectory(_directory.In("logs")).FullName;
        Tool.Succeed("chown", "4711", logs);
        foreach (var command in (string[])["ln -s", "ln"])
        {
            Tool.Succeed("sh", "-c", $"rm -f '{logs}/error_log' && {command} '{victim}' '{logs}/error_log'");
            Refused(
                start with { Arguments = [script, "--user", "#4711", "--log-directory", logs], Root = null },
                $"it is a link, or no file, and {logs} belongs to user 4711");
        }

        Assert.Equal("precious", File.ReadAllText(victim));

        static void Refused(ServerStart start, string why)
        {
            using var server = ServerProcess.Launch(start);
            Assert.Equal(1, server.WaitForExit());
            server.WaitForLog(why);
        }
    }

    [Theory]
    [InlineData("--script-user", "app.py")]
    [InlineData("--script-user", "package.module")]
    [InlineData("--script-group", "app.py")]
    public void Only_what_belongs_to_the_right_one_is_loaded(string option, string entry)
    {
        Directory.CreateDirectory(_directory.In("package"));
        string[] files = [_directory.Write("app.py", App), _directory.Write("package/module.py", App),
            _directory.Write("package/__init__.py", ""), _directory.In("package"), _directory.Path];
        string[] start = [entry, "--working-directory", _directory.Path, "--user", "nobody", option, "4711"];
        Refused(start, $"belongs to {(option == "--script-user" ? "user" : "group")} 0, and {option} wants 4711: it is not loaded.");
        Tool.Succeed("chown", ["4711:4711", .. files]);
        var loaded = entry == "app.py" ? files[0] : files[1];
        Tool.Succeed("chmod", "o+w", loaded);
        Refused(start, $"{loaded} can be written by others (mode 646), which {option} forbids: it is not loaded.");
        Tool.Succeed("chmod", "o-w", loaded);
        using (var server = ServerProcess.Start(Start(start)))
        {
            Assert.Equal(200, Servers.Get(server.Port, "/").Status);

            // One that was changed by the wrong hand is not loaded anew; the old one goes on.
            Tool.Succeed("chown", "4712:4712", loaded);
            server.Command("reload");
            server.WaitForLog("it is not loaded.");
            Assert.Equal(200, Servers.Get(server.Port, "/").Status);
            Tool.Succeed("chown", "4711:4711", loaded);
        }

        Tool.Succeed("chmod", "o+w", Path.GetDirectoryName(loaded)!);
        Refused(start, $"The directory {Path.GetDirectoryName(loaded)} can be written by others");
    }

    [Fact]
    public void Root_can_be_refused()
    {
        var script = _directory.Write("app.py", App);
        var refused = Tool.Run(Layout.Program, "start-server", script, "--refuse-root", "--python", Pythons.Default!);
        Assert.Equal(2, refused.Status);
        Assert.Contains("--refuse-root: the application would run as root; add --user", refused.Errors, StringComparison.Ordinal);
        var warned = Tool.Run(Layout.Program, "check-config", script, "--refuse-root", "--user", "nobody", "--python", Pythons.Default!);
        Assert.Equal(0, warned.Status);
    }

    [Fact]
    public void A_configuration_that_others_can_change_is_warned_of()
    {
        var file = _directory.Write("addergate.json", """{"threads": 2}""");
        var script = _directory.Write("app.py", App);
        string[] start = [script, "--config", file, "--user", "nobody"];
        using (var server = ServerProcess.Start(Start(start)))
        {
            Assert.DoesNotContain("can be changed by", server.Errors, StringComparison.Ordinal);
        }

        Tool.Succeed("chmod", "o+w", file);
        using (var server = ServerProcess.Start(Start(start)))
        {
            Assert.Contains($"warning: {file} can be changed by everybody, and says what root does here", server.Errors, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _directory.Dispose();

    private ServerStart Start(string[] arguments) => new() { Arguments = arguments, WorkingDirectory = _directory.Path };

    private void Refused(string[] arguments, string why)
    {
        using var server = ServerProcess.Launch(Start(arguments));
        Assert.Equal(1, server.WaitForExit());
        server.WaitForOutput();
        Assert.Contains(why, server.Errors, StringComparison.Ordinal);
    }
}
