using Addergate.Posix.Identity;

namespace Addergate.Supervisor.Tests.Identity;

public sealed class PasswordHashTests
{
    // Made by htpasswd and openssl passwd.
    [Theory]
    [InlineData("secret", "$apr1$OwnSalt1$twahPzYSWIibvKy7pmbng1")]
    [InlineData("", "$apr1$x$tMwYqBfQwi3FYAr0aJc8M/")]
    [InlineData("a much longer password than sixteen bytes, with ümlauts", "$apr1$abcdefgh$otJlIX1P/h.1FexyLLdaF.")]
    [InlineData("secret", "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=")]
    [InlineData("secret", "$5$OwnSalt1$Xm4xAbmeKrmmxN4VRB0WxNm3cL/3c6IMUT85zGZHOA/")]
    [InlineData("secret", "$2y$05$c4WoMPo3SXsafkva.HHa6u7b1XOWKqA7XZANDrnv4IVny/8ABNR66")]
    public void A_password_is_known_again(string password, string hash)
    {
        Assert.True(PasswordHash.Check(password, hash));
        Assert.False(PasswordHash.Check(password + "x", hash));
        Assert.False(PasswordHash.Check("x" + password, hash));
    }

    [Theory]
    [InlineData("$apr1$nosalt")]
    [InlineData("secret!")]
    [InlineData("")]
    [InlineData("$9$what$ever")]
    [InlineData("*")]
    public void What_is_no_hash_lets_nobody_in(string hash) => Assert.NotEqual(true, PasswordHash.Check("secret", hash));
}
