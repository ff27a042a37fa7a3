using System.Runtime.InteropServices;
using Addergate.Wire.Claims;
using FsCheck.Fluent;

namespace Addergate.Wire.Tests.Claims;

public sealed unsafe class ClaimLineTests
{
    private enum Move
    {
        Send,
        Claim,
        Cancel,
        ClaimOlder,
        CancelOlder,
        Reset,
    }

    [Fact]
    public void A_request_is_claimed_or_cancelled_never_both_and_never_twice()
    {
        var page = stackalloc byte[ClaimLine.Size];
        var line = NewLine(page);

        line.MarkSent(1);
        Assert.False(line.IsClaimed(1));
        Assert.True(line.TryClaim(1));
        Assert.True(line.IsClaimed(1));
        Assert.False(line.TryClaim(1));
        Assert.False(line.TryCancel(1));

        line.MarkSent(2);
        Assert.False(line.IsClaimed(1));
        Assert.True(line.TryCancel(2));
        Assert.False(line.TryClaim(2));
        Assert.False(line.TryCancel(2));
        Assert.False(line.IsClaimed(2));
    }

    [Fact]
    public void Any_sequence_of_moves_agrees_with_a_model() => Property.Holds(
        Gen.Elements(Enum.GetValues<Move>()).ArrayOf(),
        static moves =>
        {
            var page = stackalloc byte[ClaimLine.Size];
            var line = NewLine(page);
            var state = ClaimState.Idle;
            var number = 0UL;
            foreach (var move in moves)
            {
                switch (move)
                {
                    case Move.Send:
                        line.MarkSent(++number);
                        state = ClaimState.Sent;
                        break;
                    case Move.Claim:
                        Assert.Equal(state == ClaimState.Sent, line.TryClaim(number));
                        state = state == ClaimState.Sent ? ClaimState.Claimed : state;
                        break;
                    case Move.Cancel:
                        Assert.Equal(state == ClaimState.Sent, line.TryCancel(number));
                        state = state == ClaimState.Sent ? ClaimState.Cancelled : state;
                        break;
                    case Move.ClaimOlder:
                        Assert.False(line.TryClaim(number - 1));
                        break;
                    case Move.CancelOlder:
                        Assert.False(line.TryCancel(number - 1));
                        break;
                    default:
                        line.Reset();
                        state = ClaimState.Idle;
                        break;
                }

                Assert.Equal(state == ClaimState.Claimed, line.IsClaimed(number));
            }
        },
        times: 5000);

    [Fact]
    public void Exactly_one_side_wins_every_race()
    {
        const int Rounds = 50_000;
        var page = (nuint)NativeMemory.AllocZeroed(ClaimLine.Size);
        try
        {
            var claims = new bool[Rounds + 1];
            var worker = new Thread(() =>
            {
                var line = new ClaimLine((void*)page, 0);
                for (var number = 1UL; number <= Rounds; number++)
                {
                    SpinUntilSent(page, number);
                    claims[number] = line.TryClaim(number);
                    Volatile.Write(ref *(ulong*)(page + 16), number);
                }
            });
            worker.Start();
            var mine = new ClaimLine((void*)page, 0);
            var cancelled = 0;
            for (var number = 1UL; number <= Rounds; number++)
            {
                mine.MarkSent(number);
                var won = mine.TryCancel(number);
                // The worker says in a word that the protocol does not use that it has tried.
                while (Volatile.Read(ref *(ulong*)(page + 16)) != number)
                {
                    Thread.SpinWait(1);
                }

                Assert.NotEqual(won, claims[number]);
                Assert.NotEqual(won, mine.IsClaimed(number));
                cancelled += won ? 1 : 0;
            }

            worker.Join();
            TestContext.Current.TestOutputHelper?.WriteLine($"{cancelled} of {Rounds} cancelled");
        }
        finally
        {
            NativeMemory.Free((void*)page);
        }
    }

    [Fact]
    public void Lines_do_not_touch_each_other_and_a_gone_client_is_gone_for_one_request_only()
    {
        var page = stackalloc byte[ClaimLine.Size * 3];
        new Span<byte>(page, ClaimLine.Size * 3).Clear();
        var line = new ClaimLine(page, 1);
        line.MarkSent(9);
        line.MarkClientGone(9);

        Assert.True(line.IsClientGone(9));
        Assert.False(line.IsClientGone(10));
        Assert.True(new Span<byte>(page, ClaimLine.Size).IndexOfAnyExcept((byte)0) < 0);
        Assert.True(new Span<byte>(page + (2 * ClaimLine.Size), ClaimLine.Size).IndexOfAnyExcept((byte)0) < 0);
        line.Reset();
        Assert.False(line.IsClientGone(9));
        Assert.Equal(3 * ClaimLine.Size, ClaimLine.PageSize(3));
    }

    private static ClaimLine NewLine(byte* page)
    {
        new Span<byte>(page, ClaimLine.Size).Clear();
        return new ClaimLine(page, 0);
    }

    private static void SpinUntilSent(nuint page, ulong number)
    {
        while (Volatile.Read(ref *(ulong*)page) >> 2 != number)
        {
            Thread.SpinWait(1);
        }
    }
}
