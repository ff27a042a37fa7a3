using System.Security.Cryptography.X509Certificates;
using Addergate.AspNetCore.Tls;

namespace Addergate.AspNetCore.Edge.Tests.Tls;

public sealed class DistinguishedNameTests
{
    [Theory]
    [InlineData("C=DE, O=Example, CN=alice", "CN=alice,O=Example,C=DE")]
    [InlineData("O=\"Example, Inc.\", CN=a", "CN=a,O=Example\\, Inc.")]
    [InlineData("O=\" #+\", CN=\"#1 \"", "CN=\\#1\\ ,O=\\ #\\+")]
    [InlineData("CN=Übel", "CN=Übel")]
    [InlineData("DC=org, DC=example, OID.1.2.3.4=x", "1.2.3.4=x,DC=example,DC=org")]
    public void A_name_is_written_as_mod_ssl_does(string name, string text) =>
        Assert.Equal(text, DistinguishedName.Write(DistinguishedName.Parse(Encode(name))));

    [Fact]
    public void Control_characters_cannot_forge_a_line()
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName("a\nSSL_CLIENT_VERIFY=x");
        Assert.Equal("CN=a\\0ASSL_CLIENT_VERIFY=x", DistinguishedName.Write(DistinguishedName.Parse(builder.Build().RawData)));
    }

    [Fact]
    public void Several_values_of_one_rank_stay_together()
    {
        // { CN=a + O=b }, { OU=c }
        byte[] encoded =
        [
            0x30, 0x26, 0x31, 0x16,
            0x30, 0x08, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0C, 0x01, 0x61,
            0x30, 0x0A, 0x06, 0x03, 0x55, 0x04, 0x0A, 0x0C, 0x03, 0x62, 0x62, 0x62,
            0x31, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x04, 0x0B, 0x0C, 0x03, 0x63, 0x63, 0x63,
        ];
        Assert.Equal("OU=ccc,CN=a+O=bbb", DistinguishedName.Write(DistinguishedName.Parse(encoded)));
    }

    [Fact]
    public void Every_beginning_of_one_is_read_without_harm()
    {
        var encoded = Encode("C=DE, O=Example, CN=alice");
        for (var length = 0; length < encoded.Length; length++)
        {
            DistinguishedName.Parse(encoded.AsMemory(0, length));
        }
    }

    private static byte[] Encode(string name) =>
        new X500DistinguishedName(name, X500DistinguishedNameFlags.UseCommas | X500DistinguishedNameFlags.UseUTF8Encoding).RawData;
}
