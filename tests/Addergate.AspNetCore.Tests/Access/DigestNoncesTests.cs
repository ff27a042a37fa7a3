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
        Assert.Equal(NonceVerdict.Good, nonces.Judge(nonce));
        _time.Advance(DigestNonces.Lifetime);
        Assert.Equal(NonceVerdict.Good, nonces.Judge(nonce));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(NonceVerdict.Old, nonces.Judge(nonce));
    }

    [Fact]
    public void What_another_process_or_nobody_made_is_foreign()
    {
        var nonces = new DigestNonces(_time);
        Assert.Equal(NonceVerdict.Foreign, nonces.Judge(new DigestNonces(_time).Next()));
        Assert.Equal(NonceVerdict.Foreign, nonces.Judge(""));
        Assert.Equal(NonceVerdict.Foreign, nonces.Judge("%%%"));
        var changed = Convert.FromBase64String(nonces.Next());
        changed[3] ^= 1;
        Assert.Equal(NonceVerdict.Foreign, nonces.Judge(Convert.ToBase64String(changed)));
    }
}
