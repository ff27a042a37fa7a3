using System.Net;
using Addergate.AspNetCore.Proxies;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace Addergate.AspNetCore.Tests.Proxies;

public sealed class TrustedProxyTests
{
    private const string Proxy = "10.0.0.1";

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7", "198.51.100.7")]
    [InlineData("6.6.6.6, 198.51.100.7", "198.51.100.7", "198.51.100.7")]
    [InlineData("6.6.6.6, 198.51.100.7, 10.0.0.9", "198.51.100.7", "198.51.100.7, 10.0.0.9")]
    [InlineData("10.0.0.8, 10.0.0.9", "10.0.0.8", "10.0.0.8, 10.0.0.9")]
    [InlineData("6.6.6.6, 198.51.100.7, , 10.0.0.9,", "198.51.100.7", "198.51.100.7, , 10.0.0.9,")]
    [InlineData(", 198.51.100.7", "198.51.100.7", "198.51.100.7")]
    [InlineData("not an address, 198.51.100.7", "198.51.100.7", "198.51.100.7")]
    [InlineData("198.51.100.7:4711", "198.51.100.7", "198.51.100.7:4711")]
    [InlineData("2001:db8::7", "2001:db8::7", "2001:db8::7")]
    [InlineData("[2001:DB8::7]:80, ::ffff:10.0.0.9", "2001:db8::7", "[2001:DB8::7]:80, ::ffff:10.0.0.9")]
    [InlineData("", Proxy, null)]
    [InlineData(" , ", Proxy, null)]
    [InlineData("unknown", Proxy, null)]
    [InlineData("198.51.100.7, localhost", Proxy, null)]
    [InlineData("198.51.100.7, localhost, 10.0.0.9", Proxy, null)]
    [InlineData("3325256711", Proxy, null)]
    [InlineData("0306.51.100.7", Proxy, null)]
    [InlineData("198.51.100", Proxy, null)]
    [InlineData("198.51.100.7:0", Proxy, null)]
    [InlineData("198.51.100.7:99999", Proxy, null)]
    [InlineData("fe80::1%eth0", Proxy, null)]
    [InlineData("[::1", Proxy, null)]
    [InlineData("198.51.100.7\u00e4", Proxy, null)]
    public void The_client_is_the_rightmost_that_is_no_proxy(string value, string address, string? left)
    {
        var context = Ask(["X-Forwarded-For"], ("X-Forwarded-For", value));
        Assert.Equal(address, Address(context));
        Assert.Equal(left, context.Request.Headers["X-Forwarded-For"]);
    }

    [Fact]
    public void Several_lines_are_one_list()
    {
        var context = Ask(["X-Forwarded-For"], ("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-For", "198.51.100.7:81"));
        Assert.Equal("198.51.100.7", Address(context));
        Assert.Equal(81, context.Connection.RemotePort);
    }

    [Theory]
    [InlineData("X-Real-IP", "198.51.100.7", "198.51.100.7")]
    [InlineData("X-Client-IP", "6.6.6.6, 198.51.100.7", "198.51.100.7")]
    [InlineData("X-Real-IP", "evil", Proxy)]
    [InlineData("X-Real-IP", "", Proxy)]
    public void One_address_is_taken_when_it_is_one(string header, string value, string address) =>
        Assert.Equal(address, Address(Ask([header], (header, value))));

    [Theory]
    [InlineData("X-Forwarded-Proto", "https", "https")]
    [InlineData("X-Forwarded-Proto", "HTTPS", "https")]
    [InlineData("X-Forwarded-Proto", "http, https", "https")]
    [InlineData("X-Forwarded-Proto", "https, http", "http")]
    [InlineData("X-Forwarded-Proto", "on", "http")]
    [InlineData("X-Forwarded-Proto", "ftp", "http")]
    [InlineData("X-Forwarded-Proto", "https;", "http")]
    [InlineData("X-Forwarded-Scheme", "https", "https")]
    [InlineData("X-Scheme", "https", "https")]
    [InlineData("X-Forwarded-HTTPS", "on", "https")]
    [InlineData("X-Forwarded-SSL", "True", "https")]
    [InlineData("X-HTTPS", "1", "https")]
    [InlineData("X-HTTPS", "https", "http")]
    [InlineData("X-HTTPS", "", "http")]
    public void The_scheme_is_the_proxys(string header, string value, string scheme) =>
        Assert.Equal(scheme, Ask([header], (header, value)).Request.Scheme);

    [Theory]
    [InlineData("X-Forwarded-SSL", "off")]
    [InlineData("X-Forwarded-HTTPS", "0")]
    [InlineData("X-HTTPS", "FALSE")]
    [InlineData("X-Forwarded-Proto", "http")]
    public void It_also_counts_where_there_was_TLS_here(string header, string value) =>
        Assert.Equal("http", Ask([header], "https", (header, value)).Request.Scheme);

    [Theory]
    [InlineData("X-Forwarded-Host", "www.example.com", "www.example.com")]
    [InlineData("X-Host", "www.example.com:8443", "www.example.com:8443")]
    [InlineData("X-Forwarded-Host", "evil.example, www.example.com", "www.example.com")]
    [InlineData("X-Forwarded-Host", "[2001:db8::7]:80", "[2001:db8::7]:80")]
    [InlineData("X-Forwarded-Host", "", "here")]
    [InlineData("X-Forwarded-Host", "a b", "here")]
    [InlineData("X-Forwarded-Host", "user@example.com", "here")]
    [InlineData("X-Forwarded-Host", "example.com/path", "here")]
    [InlineData("X-Forwarded-Host", "example.com:99999", "here")]
    [InlineData("X-Forwarded-Host", "b\u00fccher.example", "here")]
    public void The_host_is_the_proxys(string header, string value, string host) =>
        Assert.Equal(host, Ask([header], (header, value)).Request.Headers.Host);

    [Theory]
    [InlineData("X-Forwarded-Server", "www.example.com", "www.example.com", null, null)]
    [InlineData("X-Forwarded-Server", "www.example.com:80", null, null, null)]
    [InlineData("X-Forwarded-Port", "8443", null, "8443", null)]
    [InlineData("X-Forwarded-Port", "80, 8443", null, "8443", null)]
    [InlineData("X-Forwarded-Port", "0", null, null, null)]
    [InlineData("X-Forwarded-Port", "65536", null, null, null)]
    [InlineData("X-Forwarded-Port", "+80", null, null, null)]
    [InlineData("X-Script-Name", "/shop", null, null, "/shop")]
    [InlineData("X-Forwarded-Script-Name", "/shop/en/", null, null, "/shop/en")]
    [InlineData("X-Forwarded-Prefix", "/", null, null, "")]
    [InlineData("X-Script-Name", "shop", null, null, null)]
    [InlineData("X-Script-Name", "//evil.example", null, null, null)]
    [InlineData("X-Script-Name", "/shop/../admin", null, null, null)]
    [InlineData("X-Script-Name", "/\\evil.example", null, null, null)]
    [InlineData("X-Script-Name", "/shop?x", null, null, null)]
    public void The_server_is_what_the_proxy_calls_it(
        string header, string value, string? name, string? port, string? mountPoint)
    {
        var context = Ask([header], (header, value));
        var server = context.Features.Get<ProxiedServer>();
        Assert.Equal((name, port, mountPoint), (server?.Name, server?.Port, server?.MountPoint));
        Assert.Equal(server is not null, context.Request.Headers.ContainsKey(header));
    }

    [Theory]
    [InlineData("for=198.51.100.7;proto=https;host=www.example.com", "198.51.100.7", "https", "www.example.com")]
    [InlineData("For=198.51.100.7;;Proto=HTTPS;by=_x", "198.51.100.7", "https", "here")]
    [InlineData("for=\"[2001:db8::7]:4711\"", "2001:db8::7", "http", "here")]
    [InlineData("for=6.6.6.6;host=evil.example;proto=https, for=198.51.100.7;host=a.example", "198.51.100.7", "http", "a.example")]
    [InlineData("for=198.51.100.7;proto=https;host=\"a.example:81\", for=10.0.0.9;proto=http;host=inner", "198.51.100.7", "https", "a.example:81")]
    [InlineData("for=10.0.0.8;proto=https, for=10.0.0.9", "10.0.0.8", "https", "here")]
    [InlineData("for=\"\\1\\98.51.100.7\"", "198.51.100.7", "http", "here")]
    [InlineData("for=unknown;proto=https", Proxy, "https", "here")]
    [InlineData("for=6.6.6.6, for=_hidden;proto=https", Proxy, "https", "here")]
    [InlineData("for=198.51.100.7;proto=gopher;host=\"a b\"", "198.51.100.7", "http", "here")]
    public void Forwarded_is_read_element_by_element(string value, string address, string scheme, string host)
    {
        var context = Ask(["Forwarded"], ("Forwarded", value));
        Assert.Equal(
            (address, scheme, host),
            (Address(context), context.Request.Scheme, context.Request.Headers.Host.ToString()));
    }

    [Theory]
    [InlineData("for")]
    [InlineData("for=")]
    [InlineData("=198.51.100.7")]
    [InlineData("for=198.51.100.7;for=198.51.100.8")]
    [InlineData("for=198.51.100.7; proto=https")]
    [InlineData("for = 198.51.100.7")]
    [InlineData("for=[2001:db8::7]")]
    [InlineData("for=198.51.100.7:81")]
    [InlineData("for=\"198.51.100.7")]
    [InlineData("for=\"198.51.100.7\\")]
    [InlineData("for=\"198.51.100.7\"x")]
    [InlineData("for=198.51.100.7 proto=https")]
    [InlineData("for=(198.51.100.7)")]
    [InlineData("for=6.6.6.6;proto=\", for=198.51.100.7;proto=https")]
    public void One_slip_and_nothing_of_Forwarded_counts(string value)
    {
        var context = Ask(["Forwarded"], ("Forwarded", value), ("Forwarded", "for=198.51.100.7;proto=https;host=b"));
        Assert.Equal(Proxy, Address(context));
        Assert.Equal("http", context.Request.Scheme);
        Assert.Equal("here", context.Request.Headers.Host);
        Assert.False(context.Request.Headers.ContainsKey("Forwarded"));
    }

    [Fact]
    public void From_a_peer_that_is_not_trusted_all_of_them_are_removed_and_nothing_else()
    {
        var sent = ForwardingHeader.All.Select(static header => (header.Name, "198.51.100.7")).Append(("X-Other", "1")).ToArray();
        var context = Ask(["X-Forwarded-For", "X-Forwarded-Host"], "http", "192.0.2.1", sent);
        Assert.Equal("192.0.2.1", Address(context));
        Assert.Equal(["Host", "X-Other"], context.Request.Headers.Keys.Order());
        Assert.Equal("here", context.Request.Headers.Host);
    }

    [Fact]
    public void Synonyms_that_were_not_named_are_removed_and_other_facts_left_alone()
    {
        var sent = ForwardingHeader.All.Select(static header => (header.Name, "198.51.100.7")).ToArray();
        var context = Ask(["X-Forwarded-For"], sent);
        Assert.Equal(
            ForwardingHeader.All.Select(static header => header.Name)
                .Except(["X-Client-IP", "X-Real-IP", "Forwarded"]).Append("Host").Order(),
            context.Request.Headers.Keys.Order());
        Assert.Equal("here", context.Request.Headers.Host);
        Assert.Equal("http", context.Request.Scheme);
    }

    [Fact]
    public void Of_two_that_tell_the_same_the_later_one_in_the_settings_counts()
    {
        (string, string)[] both = [("X-Forwarded-For", "198.51.100.1"), ("X-Real-IP", "198.51.100.2")];
        Assert.Equal("198.51.100.2", Address(Ask(["X-Forwarded-For", "X-Real-IP"], both)));
        Assert.Equal("198.51.100.1", Address(Ask(["X-Real-IP", "X-Forwarded-For"], both)));
        both[1].Item2 = "garbage";
        Assert.Equal("198.51.100.1", Address(Ask(["X-Forwarded-For", "X-Real-IP"], both)));
    }

    [Fact]
    public void Without_named_headers_a_trusted_peers_request_is_as_it_was()
    {
        var context = Ask([], ("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-Proto", "https"));
        Assert.Equal(Proxy, Address(context));
        Assert.Equal(["Host", "X-Forwarded-For", "X-Forwarded-Proto"], context.Request.Headers.Keys.Order());
    }

    // The peer's is as on a socket for both families.
    private static string Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress!;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    private static DefaultHttpContext Ask(string[] named, params (string, string)[] headers) =>
        Ask(named, "http", Proxy, headers);

    private static DefaultHttpContext Ask(string[] named, string scheme, params (string, string)[] headers) =>
        Ask(named, scheme, Proxy, headers);

    private static DefaultHttpContext Ask(
        string[] named, string scheme, string peer, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpConnectionFeature>(
            new HttpConnectionFeature { RemoteIpAddress = IPAddress.Parse(peer).MapToIPv6(), RemotePort = 5 });
        context.Request.Scheme = scheme;
        context.Request.Headers.Host = "here";
        foreach (var (name, value) in headers)
        {
            context.Request.Headers.Append(name, value);
        }

        var settings = new ProxySettings { Trusted = ["10.0.0.0/8", "2001:db8:1::/48"], Headers = named };
        var called = 0;
        var middleware = new TrustedProxyMiddleware(
            _ =>
            {
                called++;
                return Task.CompletedTask;
            },
            settings,
            NullLogger.Instance);
        Assert.True(middleware.InvokeAsync(context).IsCompletedSuccessfully);
        Assert.Equal(1, called);
        return context;
    }
}
