using System.Text;
using Addergate.AspNetCore.Proxies;

namespace Addergate.AspNetCore.Tests.Proxies;

public sealed class ProxyPreambleReaderTests
{
    private const string Signature = "0D0A0D0A000D0A515549540A";

    [Theory]
    [InlineData("PROXY TCP4 198.51.100.7 192.0.2.1 4711 443\r\n", "198.51.100.7:4711", "192.0.2.1:443")]
    [InlineData("PROXY TCP6 2001:db8::7 2001:DB8::1 0 65535\r\n", "[2001:db8::7]:0", "[2001:db8::1]:65535")]
    [InlineData("PROXY UNKNOWN\r\n", null, null)]
    [InlineData("PROXY UNKNOWN ffff::1 whatever\r\n", null, null)]
    public void Version_1_is_read(string text, string? source, string? destination) =>
        Read(Encoding.ASCII.GetBytes(text), source, destination);

    [Theory]
    [InlineData("21 11 000C C6336407 C0000201 1267 01BB", "198.51.100.7:4711", "192.0.2.1:443")]
    [InlineData("21 11 0014 C6336407 C0000201 1267 01BB 01 0002 6832 04 0000", "198.51.100.7:4711", "192.0.2.1:443")]
    [InlineData("21 21 0024 20010DB8000000000000000000000007 20010DB8000000000000000000000001 0000 FFFF", "[2001:db8::7]:0", "[2001:db8::1]:65535")]
    [InlineData("20 00 0000", null, null)]
    [InlineData("20 11 0003 FFFFFF", null, null)]
    [InlineData("21 00 0002 FFFF", null, null)]
    public void Version_2_is_read(string hex, string? source, string? destination) =>
        Read(Convert.FromHexString(Signature + hex.Replace(" ", "", StringComparison.Ordinal)), source, destination);

    [Fact]
    public void A_unix_client_has_no_address()
    {
        var bytes = new byte[16 + 216];
        Convert.FromHexString(Signature + "213100D8").CopyTo(bytes, 0);
        Read(bytes, null, null);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("proxy UNKNOWN\r\n")]
    [InlineData("PROXY  TCP4 198.51.100.7 192.0.2.1 4711 443\r\n")]
    [InlineData("PROXY TCP4 198.51.100.7 192.0.2.1 4711 443\n")]
    [InlineData("PROXY TCP4 198.51.100.7 192.0.2.1 4711 443 \r\n")]
    [InlineData("PROXY TCP4 198.51.100.7 192.0.2.1 4711\r\n")]
    [InlineData("PROXY TCP4 198.51.100.7 192.0.2.1 4711 443 1\r\n")]
    [InlineData("PROXY TCP4 2001:db8::7 2001:db8::1 4711 443\r\n")]
    [InlineData("PROXY TCP6 198.51.100.7 192.0.2.1 4711 443\r\n")]
    [InlineData("PROXY TCP6 fe80::1%1 ::1 4711 443\r\n")]
    [InlineData("PROXY UDP4 198.51.100.7 192.0.2.1 4711 443\r\n")]
    [InlineData("PROXY TCP4 198.51.100.07 192.0.2.1 4711 443\r\n")]
    [InlineData("PROXY TCP4 198.51.100 192.0.2.1 4711 443\r\n")]
    [InlineData("PROXY TCP4 localhost 192.0.2.1 4711 443\r\n")]
    [InlineData("PROXY TCP4 198.51.100.7 192.0.2.1 65536 443\r\n")]
    [InlineData("PROXY TCP4 198.51.100.7 192.0.2.1 04711 443\r\n")]
    [InlineData("PROXY TCP4 198.51.100.7 192.0.2.1 -1 443\r\n")]
    [InlineData("PROXY \r\n")]
    [InlineData("PROXY \n")]
    [InlineData("PROXY UNKNOWN aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")]
    public void What_is_not_version_1_is_malformed(string text) => Malformed(Encoding.Latin1.GetBytes(text));

    [Theory]
    [InlineData("11 11 000C C6336407 C0000201 1267 01BB")]
    [InlineData("22 11 000C C6336407 C0000201 1267 01BB")]
    [InlineData("21 12 000C C6336407 C0000201 1267 01BB")]
    [InlineData("21 41 000C C6336407 C0000201 1267 01BB")]
    [InlineData("21 11 000B C6336407 C0000201 1267 01")]
    [InlineData("21 21 000C C6336407 C0000201 1267 01BB")]
    [InlineData("21 11 000D C6336407 C0000201 1267 01BB 01")]
    [InlineData("21 11 000F C6336407 C0000201 1267 01BB 01 0001")]
    [InlineData("21 11 0FF1")]
    [InlineData("20 00 FFFF")]
    public void What_is_not_version_2_is_malformed(string hex) =>
        Malformed(Convert.FromHexString(Signature + hex.Replace(" ", "", StringComparison.Ordinal)));

    private static void Read(byte[] bytes, string? source, string? destination)
    {
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(ProxyPreambleStatus.Incomplete, ProxyPreambleReader.Read(bytes.AsSpan(0, length), out _));
        }

        byte[] more = [.. bytes, .. "PROXY UNKNOWN\r\n"u8];
        Assert.Equal(ProxyPreambleStatus.Complete, ProxyPreambleReader.Read(more, out var preamble));
        Assert.Equal(bytes.Length, preamble.Length);
        Assert.Equal(source, preamble.Source?.ToString());
        Assert.Equal(destination, preamble.Destination?.ToString());
    }

    private static void Malformed(byte[] bytes)
    {
        // Nothing that follows can make it right, and nothing before is taken for whole.
        Assert.Equal(ProxyPreambleStatus.Malformed, ProxyPreambleReader.Read(bytes, out _));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.NotEqual(ProxyPreambleStatus.Complete, ProxyPreambleReader.Read(bytes.AsSpan(0, length), out _));
        }
    }
}
