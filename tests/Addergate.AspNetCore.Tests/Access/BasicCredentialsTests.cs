using System.Text;
using Addergate.AspNetCore.Access;

namespace Addergate.AspNetCore.Tests.Access;

public sealed class BasicCredentialsTests
{
    [Theory]
    [InlineData("alice:wonder", "alice", "wonder")]
    [InlineData("alice:", "alice", "")]
    [InlineData(":", "", "")]
    [InlineData("alice:a:b", "alice", "a:b")]
    [InlineData("älice:ö", "älice", "ö")]
    public void A_user_ends_at_the_first_colon(string text, string user, string password)
    {
        Assert.True(BasicCredentials.TryRead("basic  " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), out var name, out var word));
        Assert.Equal((user, password), (name, word));
    }

    [Fact]
    public void What_is_no_UTF_8_is_taken_for_Latin_1()
    {
        Assert.True(BasicCredentials.TryRead("Basic " + Convert.ToBase64String([0xe4, (byte)':', 0xf6]), out var user, out var password));
        Assert.Equal(("ä", "ö"), (user, password));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWxpY2U=")]
    [InlineData("Bearer YTpi")]
    [InlineData("Digest username=\"a\"")]
    [InlineData("Basic YQBiOmM=")]
    [InlineData("Basic YTpiAGM=")]
    public void What_makes_no_sense_is_nobody(string? header) =>
        Assert.False(BasicCredentials.TryRead(header, out _, out _));
}
