using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

/// <summary><c>--https-dev</c>: HTTPS without a certificate of one's own.</summary>
public sealed class DevelopmentHttpsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void A_certificate_is_made_told_of_and_kept()
    {
        var shown = _directory.In("addergate/https-dev.crt");
        string first;
        using (var server = Start("--server-name", "my.test", "--allow-localhost"))
        {
            first = File.ReadAllText(shown);
            Assert.Contains("for development, signed by nobody: browsers warn of it", server.Errors, StringComparison.Ordinal);
            Assert.Contains(shown, server.Errors, StringComparison.Ordinal);
            foreach (var host in (string[])["localhost", "my.test"])
            {
                Assert.Equal("hello\n 200", Tool.Succeed(
                    "curl", "-sS", "-w", " %{http_code}", "--cacert", shown,
                    "--resolve", $"{host}:{server.HttpsPort}:127.0.0.1", $"https://{host}:{server.HttpsPort}/hello"));
            }
        }

        var key = _directory.In("addergate/https-dev.pem");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        Assert.Contains("PRIVATE KEY", File.ReadAllText(key), StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", first, StringComparison.Ordinal);
        using (var again = Start())
        {
            Assert.Equal(first, File.ReadAllText(shown));
            Tool.Succeed("curl", "-sS", "--cacert", shown, $"https://127.0.0.1:{again.HttpsPort}/hello");
        }
    }

    [Fact]
    public void Looking_at_the_configuration_makes_nothing()
    {
        var check = Tool.Run(
            "env", "XDG_STATE_HOME=" + _directory.Path, Layout.Program, "check-config", "--python", Pythons.Default!, "--https-dev");
        Assert.True(check.Status == 0, check.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void Beside_a_real_certificate_it_is_refused()
    {
        var (certificate, key) = Certificates.Make(_directory.Path, "site");
        var refused = Tool.Run(
            Layout.Program, "start-server", "--python", Pythons.Default!, "--https-dev",
            "--ssl-certificate-file", certificate, "--ssl-certificate-key-file", key);
        Assert.Equal(2, refused.Status);
        Assert.Contains("--https-dev makes a certificate for development, and --ssl-certificate-file names a real one",
            refused.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private ServerProcess Start(params string[] options) => ServerProcess.Start(
        ServerStart.Conformance(["--https-dev", "--https-port", "0", .. options]) with
        {
            Environment = new Dictionary<string, string?> { ["XDG_STATE_HOME"] = _directory.Path },
        });
}
