using Addergate.AspNetCore.Forwarding;
using Addergate.AspNetCore.Tests.Fakes;

namespace Addergate.AspNetCore.Tests.Forwarding;

public sealed class ForwardPatienceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_ends_when_nothing_comes_and_begins_anew_with_whatever_comes()
    {
        using var patience = Patience();
        Pass(9);
        patience.Renew();
        Pass(9);
        Assert.False(patience.IsOver);
        Pass(1);
        Assert.True(patience.IsOver);
        Assert.True(patience.Token.IsCancellationRequested);
    }

    [Fact]
    public void Before_the_answer_the_clients_time_for_its_body_does_not_count_and_after_it_it_does()
    {
        using var patience = Patience();
        patience.AwaitBody(true);
        Pass(100);
        patience.AwaitBody(false);
        Pass(9);
        Assert.False(patience.IsOver);
        patience.AwaitBody(true);
        patience.Answered();
        Pass(10);
        Assert.True(patience.IsOver);
    }

    [Fact]
    public void The_time_in_which_the_client_takes_what_there_is_does_not_count()
    {
        using var patience = Patience();
        patience.Answered();
        patience.AwaitTaking(true);
        Pass(1000);
        patience.Renew();
        Pass(1000);
        Assert.False(patience.IsOver);
        patience.AwaitTaking(false);
        Pass(10);
        Assert.True(patience.IsOver);
    }

    [Fact]
    public void A_client_that_has_gone_is_no_silence()
    {
        using var gone = new CancellationTokenSource();
        using var patience = new ForwardPatience(TimeSpan.FromSeconds(10), gone.Token, _time);
        gone.Cancel();
        Assert.True(patience.Token.IsCancellationRequested);
        Pass(11);
        Assert.False(patience.IsOver);
    }

    [Fact]
    public void Without_a_limit_it_lasts_for_ever()
    {
        using var patience = new ForwardPatience(TimeSpan.Zero, CancellationToken.None, _time);
        patience.Renew();
        Pass(1_000_000);
        Assert.False(patience.IsOver);
    }

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private ForwardPatience Patience() => new(TimeSpan.FromSeconds(10), CancellationToken.None, _time);
}
