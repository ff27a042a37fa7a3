using Addergate.AspNetCore.Connections;

namespace Addergate.AspNetCore.Edge.Tests.Connections;

public sealed class RequestFramingTests
{
    private const int MaxHead = 20_000;

    [Theory]
    [MemberData(nameof(Messages.GoodNumbers), MemberType = typeof(Messages))]
    public void Whole_requests_pass_however_they_are_cut(int number)
    {
        var bytes = Messages.Bytes(Messages.Good[number]);
        foreach (var pieces in Cuts(bytes))
        {
            var framing = Feed(pieces);
            Assert.Equal(Violation.None, framing.Violation);
            Assert.Equal(bytes.Length, framing.Taken);
            Assert.Equal(bytes.Length, framing.Released);
            Assert.True(framing.IsBetweenRequests);
        }
    }

    [Theory]
    [MemberData(nameof(Messages.BadNumbers), MemberType = typeof(Messages))]
    public void A_broken_rule_is_found_at_its_line_however_it_is_cut(int number)
    {
        var (violation, before, rest) = Messages.Bad[number];
        foreach (var pieces in Cuts(Messages.Bytes(before + rest)))
        {
            var framing = Feed(pieces);
            Assert.Equal(violation, framing.Violation);
            Assert.Equal(Messages.Bytes(before).Length, framing.Released);
        }
    }

    [Theory]
    [MemberData(nameof(Messages.BadNumbers), MemberType = typeof(Messages))]
    public void Inside_a_chunked_body_nothing_of_a_bad_line_is_released_before_it_is_judged(int number)
    {
        var (_, before, rest) = Messages.Bad[number];
        var line = Messages.Bytes(before).Length;
        var bytes = Messages.Bytes(before + rest);
        if (!before.Contains("chunked\r\n\r\n", StringComparison.Ordinal))
        {
            return;
        }

        var framing = new RequestFraming(MaxHead);
        foreach (var value in bytes)
        {
            framing.Take([value]);
            Assert.InRange(framing.Released, 0, line);
        }
    }

    [Fact]
    public void A_head_beyond_the_servers_limits_is_shown_to_it_and_nothing_after()
    {
        var framing = new RequestFraming(maxHead: 100);
        framing.Take(Messages.Bytes("GET / HTTP/1.1\r\nHost: a\r\nX: " + new string('x', 200)));
        Assert.True(framing.IsSealed);
        Assert.InRange(framing.Released, 101, 300);
        var released = framing.Released;
        framing.Take(Messages.Bytes("\r\n\r\nGET / HTTP/1.1\r\n"));
        Assert.Equal(released, framing.Released);
        Assert.Equal(Violation.None, framing.Violation);
    }

    [Theory]
    [InlineData("HTTP/2.0")]
    [InlineData("HTTP/1.2")]
    [InlineData("HTTP/0.9")]
    public void An_unknown_version_is_left_to_the_server_and_nothing_after_it_passes(string version)
    {
        var line = $"GET / {version}\r\n";
        var framing = new RequestFraming(MaxHead);
        framing.Take(Messages.Bytes(line + "Host: a\r\n\r\n"));
        Assert.True(framing.IsSealed);
        Assert.Equal(line.Length, framing.Released);
    }

    [Fact]
    public void Random_bytes_never_throw_and_never_release_more_than_was_taken()
    {
        var random = new Random(4711);
        var alphabet = Messages.Bytes("GPOST/ :\r\n\t\0;=0159aAchunkedHst\"\u00e9,.-+_[]#*");
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Messages.Bytes(Messages.Good[round % Messages.Good.Length]);
            for (var change = 0; change < 1 + (round % 3); change++)
            {
                bytes[random.Next(bytes.Length)] = alphabet[random.Next(alphabet.Length)];
            }

            var whole = Feed([bytes]);
            var cut = random.Next(bytes.Length);
            var halves = Feed([bytes[..cut], bytes[cut..]]);
            Assert.InRange(whole.Released, 0, whole.Taken);
            Assert.Equal(whole.Violation, halves.Violation);
            Assert.Equal(whole.Released, halves.Released);
        }
    }

    private static IEnumerable<byte[][]> Cuts(byte[] bytes)
    {
        yield return [bytes];
        yield return [.. bytes.Select(static value => new[] { value })];
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            yield return [bytes[..cut], bytes[cut..]];
        }
    }

    private static RequestFraming Feed(byte[][] pieces)
    {
        var framing = new RequestFraming(MaxHead);
        foreach (var piece in pieces)
        {
            framing.Take(piece);
        }

        return framing;
    }
}
