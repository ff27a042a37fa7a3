using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class ListenResolverTests
{
    private static FakeMachine WithPair => new FakeMachine().Files("/srv/site.pem", "/srv/site.key");

    [Fact]
    public void By_default_only_this_machine_is_answered()
    {
        var listen = Resolve.Good("").Listen;
        Assert.Equal("127.0.0.1", listen.Host);
        Assert.Contains("this machine only", listen.HostReason, StringComparison.Ordinal);
    }

    [Fact]
    public void With_PORT_all_interfaces_are_listened_on()
    {
        var listen = Resolve.Good("", new FakeMachine().Set("PORT", "5000")).Listen;
        Assert.Equal("0.0.0.0", listen.Host);
        Assert.Equal("all interfaces, because PORT is set", listen.HostReason);
    }

    [Fact]
    public void As_process_1_of_a_container_all_interfaces_are_listened_on()
    {
        var listen = Resolve.Good("", new FakeMachine { ProcessId = 1 }).Listen;
        Assert.Equal("0.0.0.0", listen.Host);
        Assert.Contains("process 1 of a container", listen.HostReason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_written_goes_before_all_that()
    {
        var machine = new FakeMachine { ProcessId = 1 }.Set("PORT", "5000");
        var listen = Resolve.Good("--host 127.0.0.1", machine).Listen;
        Assert.Equal("127.0.0.1", listen.Host);
        Assert.Equal("--host 127.0.0.1", listen.HostReason);
    }

    [Theory]
    [InlineData("*", "0.0.0.0")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("[::1]", "::1")]
    [InlineData("10.0.0.7", "10.0.0.7")]
    public void Addresses_are_taken(string text, string address) =>
        Assert.Equal(address, Resolve.Good($"--host {text}").Listen.Host);

    [Theory]
    [InlineData("8000")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("example.org")]
    [InlineData("127.0.0.1:8000")]
    public void What_is_no_address_is_told(string text) => Assert.StartsWith(
        $"--host: \"{text}\" is not an IP address; ", Resolve.Mistake($"--host {text}"), StringComparison.Ordinal);

    [Fact]
    public void HTTPS_needs_a_port_a_certificate_and_a_key()
    {
        var listen = Resolve.Good(
            "--https-port 8443 --ssl-certificate-file site.pem --ssl-certificate-key-file site.key", WithPair).Listen;
        Assert.Equal(8443, listen.HttpsPort);
        Assert.Equal("/srv/site.pem", listen.CertificateFile);
        Assert.Equal("/srv/site.key", listen.CertificateKeyFile);
        Assert.Null(Resolve.Good("").Listen.HttpsPort);
    }

    [Theory]
    [InlineData("--https-port 8443",
        "--https-port needs a certificate; add --ssl-certificate-file and --ssl-certificate-key-file")]
    [InlineData("--https-port 8443 --ssl-certificate-file site.pem",
        "--ssl-certificate-file is given without its key; add --ssl-certificate-key-file")]
    [InlineData("--https-port 8443 --ssl-certificate-key-file site.key",
        "--ssl-certificate-key-file is given without its certificate; add --ssl-certificate-file")]
    [InlineData("--ssl-certificate-file site.pem --ssl-certificate-key-file site.key",
        "--ssl-certificate-file is given, but no port for HTTPS; add --https-port")]
    [InlineData("--https-port 8443 --ssl-certificate-file /srv --ssl-certificate-key-file site.key",
        "--ssl-certificate-file: /srv is a directory, not a file")]
    [InlineData("--https-port 8443 --ssl-certificate-file no.pem --ssl-certificate-key-file site.key",
        "--ssl-certificate-file: there is no file /srv/no.pem")]
    [InlineData("--https-port 8000 --ssl-certificate-file site.pem --ssl-certificate-key-file site.key",
        "--https-port: port 8000 is the one for HTTP already; give --https-port and --port different ports")]
    public void What_is_missing_for_HTTPS_is_told(string line, string mistake) =>
        Assert.Equal(mistake, Resolve.Mistake(line, WithPair));

    [Fact]
    public void A_key_that_cannot_be_read_is_told()
    {
        var machine = WithPair;
        machine.Unreadable.Add("/srv/site.key");
        Assert.Equal(
            "--ssl-certificate-key-file: /srv/site.key cannot be read: Permission denied",
            Resolve.Mistake(
                "--https-port 1 --ssl-certificate-file site.pem --ssl-certificate-key-file site.key", machine));
    }
}
