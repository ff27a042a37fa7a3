using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Security;

/// <summary>Application code that tries to get at the TLS key (tests/apps/thief.py), in a server that root has started for
/// somebody else.</summary>
public sealed class KeySecrecyTests : IDisposable
{
    private const byte Mask = 0x55;

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void The_key_is_out_of_reach_of_the_application()
    {
        using var server = Start(out var key);
        var frontEnd = server.FrontEnd().Id;

        // What the attempts are worth is seen where nothing stands against them.
        var own = Ask(server, "/take");
        Assert.Empty(own.Refused);
        Assert.Equal(65534u, own.User);
        foreach (var process in (int[])[frontEnd, server.Id])
        {
            var other = Ask(server, $"/take?pid={process}");
            Assert.Empty(other.Taken);
            Assert.Equal(own.Taken.Length, other.Refused.Length);
            Assert.Equal(0u, Owner($"/proc/{process}/mem"));
        }

        Assert.Equal([key + " EACCES"], Ask(server, "/read?path=" + key).Refused);
        var kernel = Ask(server, "/sysctl");
        Assert.Empty(kernel.Taken);
        Assert.NotEmpty(kernel.Refused);
        // By its start too: a process that was killed may have had the number before, and left its files.
        Assert.Empty(Directory.GetFileSystemEntries("/tmp", $"*-{frontEnd}-{StartOf(frontEnd)}-*"));

        Assert.Equal(["memory"], Look(server, "wherever it is looked for"u8));
        var pem = File.ReadAllText(key);
        using var ec = ECDsa.Create();
        ec.ImportFromPem(pem);
        Assert.Empty(Look(server, ec.ExportParameters(true).D));
        Assert.Empty(Look(server, Encoding.ASCII.GetBytes(pem.Split('\n')[1][20..60])));
    }

    [Fact]
    public void It_is_so_from_a_front_ends_first_moment_on()
    {
        using var server = Start(out _);
        var first = server.FrontEnd();
        Ask(server, $"/watch?pid={first.Id}");
        Until.True(() => !first.IsAlive && server.Processes().Exists(process => process.IsFrontEnd && process.Id != first.Id),
            "another front end", () => server.Logs);
        var answer = JsonDocument.Parse(Ask(server.HttpsPort, "/watched")).RootElement;
        Assert.Equal("[]", answer.GetProperty("taken").GetRawText());
        Assert.NotEqual(0, answer.GetProperty("tries").GetInt32());
        Assert.Contains($"/proc/{server.FrontEnd().Id}", answer.GetProperty("seen").GetRawText(), StringComparison.Ordinal);

        // Hidden behind a group that it does not have, it gives it up as the first thing that it does.
        var status = File.ReadAllLines($"/proc/{server.FrontEnd().Id}/status");
        Assert.Contains("Gid:\t65534\t65534\t65534\t65534", status);
        Assert.Contains("Uid:\t65534\t65534\t65534\t65534", status);
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>In ticks since the machine was started: field 22 (proc(5)), of which the second is in parentheses.</summary>
    private static string StartOf(int process) => File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ')[19];

    private ServerProcess Start(out string key)
    {
        if (System.Environment.UserName != "root")
        {
            Assert.Skip("Only root can start a server for somebody else.");
        }

        (_, key) = Certificates.Make(_directory.Path, "site");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return ServerProcess.Start(new ServerStart
        {
            Arguments =
            [
                _directory.Write("thief.py", File.ReadAllText(Path.Combine(Layout.Apps, "thief.py"))), "--https-port", "0", "--ssl-certificate", _directory.In("site"),
                "--user", "nobody", "--group", "nogroup",
            ],
        });
    }

    private static uint Owner(string path) =>
        uint.Parse(Tool.Succeed("stat", "-c", "%u", path), System.Globalization.CultureInfo.InvariantCulture);

    private static string[] Look(ServerProcess server, ReadOnlySpan<byte> bytes)
    {
        var masked = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(masked, [.. bytes.ToArray().Select(static one => (byte)(one ^ Mask))]);
            return Read(Ask(server.HttpsPort, "/memory", "--data-binary", "@" + masked)).Taken;
        }
        finally
        {
            File.Delete(masked);
        }
    }

    private static Loot Ask(ServerProcess server, string path) => Read(Ask(server.HttpsPort, path));

    private static string Ask(int port, string path, params string[] options) => Tool.Succeed(
        "curl", ["-sSk", "--retry", "5", "--retry-all-errors", .. options, $"https://127.0.0.1:{port}{path}"]);

    private static Loot Read(string json)
    {
        var root = JsonDocument.Parse(json).RootElement;
        return new Loot(Texts("taken"), Texts("refused"), root.GetProperty("user").GetUInt32());

        string[] Texts(string name) => [.. root.GetProperty(name).EnumerateArray().Select(static text => text.GetString()!)];
    }

    private sealed record Loot(string[] Taken, string[] Refused, uint User);
}
