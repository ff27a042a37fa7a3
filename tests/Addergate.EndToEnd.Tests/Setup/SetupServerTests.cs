using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Setup;

/// <summary>What <c>addergate setup-server</c> writes and says.</summary>
public sealed class SetupServerTests
{
    private static readonly string[] Files = [".written", "addergate.toml", "addergatectl", "envvars", "logs"];

    [Fact]
    public void It_says_what_it_wrote_and_what_to_type_next()
    {
        using var site = new SetUpServer();
        var setup = site.SetUp("--threads", "3", "--user", System.Environment.UserName);
        Assert.Equal(0, setup.Status);
        foreach (var name in (string[])["addergate.toml", "envvars", "addergatectl"])
        {
            Assert.Contains($"  wrote  {site.Root}/{name}", setup.Output, StringComparison.Ordinal);
        }

        Assert.Contains($"http://localhost:{site.Port}/\n", setup.Output, StringComparison.Ordinal);
        Assert.Equal(Files, Directory.EnumerateFileSystemEntries(site.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var text = File.ReadAllText(Path.Combine(site.Root, "addergate.toml"));
        Assert.Contains("\n# From: --threads\nthreads = 3\n", text, StringComparison.Ordinal);
        Assert.Contains($"\n# From: PORT\nport = {site.Port}\n", text, StringComparison.Ordinal);

        // The line is for a shell.
        var next = setup.Output.Split("Next:\n")[1].Split('\n')[0];
        Assert.Equal($"{site.Control}\nstart\n", Tool.Succeed("sh", "-c", $"printf '%s\\n' {next}"));
    }

    [Fact]
    public void It_may_be_run_again_and_keeps_what_somebody_has_changed()
    {
        using var site = new SetUpServer();
        site.SetUp();
        Assert.Equal(3, site.SetUp().Output.Split("  unchanged  ").Length - 1);

        var file = Path.Combine(site.Root, "addergate.toml");
        Assert.Contains("  updated    " + file, site.SetUp("--threads", "2").Output, StringComparison.Ordinal);
        File.AppendAllText(file, "processes = 2\n");
        var kept = site.SetUp("--threads", "3");
        Assert.Equal(0, kept.Status);
        Assert.Contains("  kept yours  " + file, kept.Output, StringComparison.Ordinal);
        Assert.Contains($"What would be written now is in {file}.new\n", kept.Output, StringComparison.Ordinal);
        Assert.Contains("threads = 2\n", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Contains("threads = 3\n", File.ReadAllText(file + ".new"), StringComparison.Ordinal);

        File.AppendAllText(file, "treads = 2\n");
        var wrong = site.SetUp("--threads", "3");
        Assert.Equal(2, wrong.Status);
        Assert.Contains("treads is no setting", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Setup_only_is_the_same()
    {
        using var site = new SetUpServer();
        Assert.Equal(0, site.Run("start-server", "--setup-only").Status);
        var first = File.ReadAllText(Path.Combine(site.Root, "addergate.toml"));
        Assert.DoesNotContain("setup-only", first, StringComparison.Ordinal);
        Assert.Equal(3, site.SetUp().Output.Split("  unchanged  ").Length - 1);
    }

    [Fact]
    public void With_mistakes_nothing_is_written()
    {
        using var site = new SetUpServer();
        var setup = site.SetUp("--threads", "0", "--treads", "1");
        Assert.Equal((2, ""), (setup.Status, setup.Output));
        Assert.StartsWith("addergate: 2 mistakes, nothing was written:\n", setup.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(site.Root));
    }

    [Fact]
    public void Logs_stay_where_they_were_asked_for()
    {
        using var site = new SetUpServer();
        site.SetUp("--log-to-terminal", "--pid-file", "site.pid");
        var text = File.ReadAllText(Path.Combine(site.Root, "addergate.toml"));
        Assert.DoesNotContain("log-directory", text, StringComparison.Ordinal);
        Assert.Contains("/site.pid\"\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_of_somebody_elses_is_refused()
    {
        Assert.SkipUnless(System.Environment.UserName == "root", "Only root can give a directory away.");
        using var site = new SetUpServer();
        Directory.CreateDirectory(site.Root);
        Tool.Succeed("chown", "nobody", site.Root);
        var setup = site.SetUp();
        Assert.Equal(1, setup.Status);
        Assert.Contains("belongs to user 65534; name another directory with --server-root", setup.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(site.Root));
    }

    [Fact]
    public void Set_up_by_root_the_application_still_runs_as_its_user()
    {
        Assert.SkipUnless(System.Environment.UserName == "root", "Only root can become somebody else.");
        using var site = new SetUpServer();
        site.SetUp("--user", "nobody");
        var start = site.Ctl("start");
        Assert.True(start.Status == 0, start.Errors);
        Assert.Equal("0", Tool.Succeed("stat", "-c", "%u", site.Root).Trim());
        Assert.Equal("65534", Tool.Succeed("stat", "-c", "%u", Path.Combine(site.Root, "run")).Trim());
    }

    [Fact]
    public void Help_tells_what_is_written() =>
        Assert.Contains("addergatectl", Tool.Succeed(Layout.Program, "help", "setup-server"), StringComparison.Ordinal);
}
