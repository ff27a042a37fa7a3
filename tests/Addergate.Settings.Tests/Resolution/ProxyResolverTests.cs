namespace Addergate.Settings.Tests.Resolution;

public sealed class ProxyResolverTests
{
    [Fact]
    public void By_default_nobody_is_trusted() => Assert.Empty(Resolve.Good("").Proxies.Trusted);

    [Fact]
    public void Networks_and_headers_are_kept_as_they_count()
    {
        var proxies = Resolve.Good(
            "--trust-proxy 10.1.2.3/8 --trust-proxy ::1 --trust-proxy 10.0.0.0/8 --trust-proxy 192.0.2.7 "
            + "--trust-proxy-header x-forwarded-for --trust-proxy-header FORWARDED").Proxies;
        Assert.Equal(["10.0.0.0/8", "::1/128", "192.0.2.7/32"], proxies.Trusted);
        Assert.Equal(["X-Forwarded-For", "Forwarded"], proxies.Headers);
    }

    [Fact]
    public void In_the_environment_networks_are_between_commas_since_IPv6_has_colons() =>
        Assert.Equal(
            ["::1/128", "10.0.0.0/8"],
            Resolve.Good("", new Machines.FakeMachine().Set("ADDERGATE_TRUST_PROXY", "::1,10.0.0.0/8")).Proxies.Trusted);

    [Theory]
    [InlineData("proxy.example")]
    [InlineData("10.0.0")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("::1/129")]
    [InlineData("[::1]")]
    [InlineData("fe80::1%lo")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("*")]
    public void What_is_no_network_is_a_mistake(string text) =>
        Assert.StartsWith($"--trust-proxy: \"{text}\" ", Resolve.Mistake($"--trust-proxy {text}"), StringComparison.Ordinal);

    [Fact]
    public void A_header_that_no_proxy_sets_is_a_mistake() =>
        Assert.Contains(
            "did you mean X-Forwarded-Proto?",
            Resolve.Mistake("--trust-proxy ::1 --trust-proxy-header X-Forwarded-Protos"),
            StringComparison.Ordinal);

    [Fact]
    public void Headers_without_a_proxy_that_may_set_them_are_a_mistake() =>
        Assert.Contains(
            "add --trust-proxy", Resolve.Mistake("--trust-proxy-header X-Forwarded-For"), StringComparison.Ordinal);

    [Fact]
    public void So_is_the_PROXY_protocol() =>
        Assert.Contains("add --trust-proxy", Resolve.Mistake("--proxy-protocol"), StringComparison.Ordinal);

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    public void To_trust_everybody_is_warned_of(string network) =>
        Assert.Contains("trusts everybody", Assert.Single(Resolve.Line($"--trust-proxy {network}").Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("X-HTTPS")]
    [InlineData("Forwarded")]
    public void A_proxy_that_tells_the_scheme_stands_for_a_port_of_HTTPS(string header) =>
        Assert.True(Resolve.Good($"--https-only --trust-proxy ::1 --trust-proxy-header {header}").Names.HttpsOnly);

    [Fact]
    public void One_that_does_not_stands_for_none() =>
        Assert.Contains(
            "add --https-port, or --trust-proxy ADDRESS and --trust-proxy-header X-Forwarded-Proto",
            Resolve.Mistake("--https-only --trust-proxy ::1 --trust-proxy-header X-Forwarded-For"),
            StringComparison.Ordinal);
}
