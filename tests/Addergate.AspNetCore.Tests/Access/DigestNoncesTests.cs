using Addergate.AspNetCore.Access;
using Addergate.AspNetCore.Tests.Fakes;

namespace Addergate.AspNetCore.Tests.Access;

public sealed class DigestNoncesTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_nonce_is_good_for_a_while_and_then_old()
    {
        var nonces = new DigestNonces(_time);
        var nonce = nonces.Next();
        Assert.Equal(NonceVerdict.Good, nonces.Judge(nonce, out _));
        _time.Advance(DigestNonces.Lifetime);
        Assert.Equal(NonceVerdict.Good, nonces.Judge(nonce, out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(NonceVerdict.Old, nonces.Judge(nonce, out _));
    }

    [Fact]
    public void Two_of_one_moment_are_not_the_same()
    {
        var nonces = new DigestNonces(_time);
        nonces.Judge(nonces.Next(), out var one);
        nonces.Judge(nonces.Next(), out var other);
        Assert.Equal(one.At, other.At);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void What_another_process_or_nobody_made_is_foreign()
    {
        var nonces = new DigestNonces(_time);
        Assert.Equal(NonceVerdict.Foreign, nonces.Judge(new DigestNonces(_time).Next(), out _));
        Assert.Equal(NonceVerdict.Foreign, nonces.Judge("", out _));
        Assert.Equal(NonceVerdict.Foreign, nonces.Judge("%%%", out _));
        var changed = Convert.FromBase64String(nonces.Next());
        changed[3] ^= 1;
        Assert.Equal(NonceVerdict.Foreign, nonces.Judge(Convert.ToBase64String(changed), out _));
    }
}
