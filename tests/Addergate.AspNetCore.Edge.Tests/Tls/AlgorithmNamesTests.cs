using System.Net.Security;
using System.Text;
using Addergate.AspNetCore.Tls;

namespace Addergate.AspNetCore.Edge.Tests.Tls;

public sealed class AlgorithmNamesTests
{
    [Theory]
    [InlineData(TlsCipherSuite.TLS_AES_256_GCM_SHA384, "TLS_AES_256_GCM_SHA384", "256")]
    [InlineData(TlsCipherSuite.TLS_AES_128_GCM_SHA256, "TLS_AES_128_GCM_SHA256", "128")]
    [InlineData(TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256, "TLS_CHACHA20_POLY1305_SHA256", "256")]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "ECDHE-RSA-AES128-GCM-SHA256", "128")]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "ECDHE-ECDSA-AES256-GCM-SHA384", "256")]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, "ECDHE-RSA-CHACHA20-POLY1305", "256")]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, "ECDHE-RSA-AES256-SHA384", "256")]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, "AES128-SHA", "128")]
    public void A_suite_has_the_name_and_the_key_that_OpenSSL_tells(TlsCipherSuite suite, string name, string bits)
    {
        Assert.Equal(name, Encoding.ASCII.GetString(AlgorithmNames.Of(suite)));
        Assert.Equal(bits, Encoding.ASCII.GetString(AlgorithmNames.KeyBits(AlgorithmNames.Of(suite))));
    }
}
