namespace Addergate.Dashboard.Tests;

public sealed class LocalHostTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST.")]
    [InlineData("app.localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("[::1]")]
    public void This_machine_is_meant(string host) => Assert.True(LocalHost.IsMeant(host));

    [Theory]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("localhost.example.org")]
    [InlineData("127.0.0.1.example.org")]
    [InlineData("notlocalhost")]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("[2001:db8::1]")]
    public void Somebody_else_is_meant(string host) => Assert.False(LocalHost.IsMeant(host));
}
