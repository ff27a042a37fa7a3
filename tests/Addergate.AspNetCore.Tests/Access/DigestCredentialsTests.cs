using Addergate.AspNetCore.Access;

namespace Addergate.AspNetCore.Tests.Access;

public sealed class DigestCredentialsTests
{
    // As RFC 7616 3.9.1 has it, but for the algorithm.
    private const string Example =
        """
        Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=MD5,
        nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001,
        cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="8ca523f5e9506fed4657c9700eebdbec",
        opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
        """;

    private static string Header => Example.ReplaceLineEndings(" ");

    [Fact]
    public void The_example_of_the_RFC_is_read()
    {
        var said = DigestCredentials.TryRead(Header)!;
        Assert.Equal(("Mufasa", "/dir/index.html", "00000001", 1u), (said.User, said.Uri, said.CountText, said.Count));
        Assert.Equal("8ca523f5e9506fed4657c9700eebdbec", said.Response);
    }

    [Fact]
    public void A_quoted_text_may_have_quotes_and_commas()
    {
        var said = DigestCredentials.TryRead(Header.Replace("\"Mufasa\"", "\"a\\\"b, c=d\\\\\"", StringComparison.Ordinal))!;
        Assert.Equal("a\"b, c=d\\", said.User);
    }

    [Theory]
    [InlineData("qop=auth", "qop=auth-int")]
    [InlineData("algorithm=MD5", "algorithm=SHA-256")]
    [InlineData("nc=00000001", "nc=1")]
    [InlineData("cnonce=", "xnonce=")]
    [InlineData("uri=\"/dir/index.html\"", "uri=\"/dir/index.html")]
    [InlineData("nc=00000001", "nc=00000001, nc=00000002")]
    [InlineData("nc=00000001", "=00000001")]
    public void What_is_not_as_it_was_asked_for_is_nobody(string part, string other) =>
        Assert.Null(DigestCredentials.TryRead(Header.Replace(part, other, StringComparison.Ordinal)));

    [Fact]
    public void Every_beginning_of_it_is_nobody_or_somebody_but_no_crash()
    {
        for (var length = 0; length < Header.Length; length++)
        {
            _ = DigestCredentials.TryRead(Header[..length]);
        }
    }
}
