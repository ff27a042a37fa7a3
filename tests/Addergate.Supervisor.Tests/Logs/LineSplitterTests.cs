using System.Text;
using Addergate.Supervisor.Logs;

namespace Addergate.Supervisor.Tests.Logs;

public sealed class LineSplitterTests
{
    private readonly LineSplitter _splitter = new(8);
    private readonly List<string> _lines = [];

    [Fact]
    public void Lines_come_out_without_their_ends()
    {
        Feed("one\ntwo\r\n\nfour");
        Assert.Equal(["one", "two", ""], _lines);
        Assert.True(_splitter.HasPartial);
        _splitter.Flush(Add);
        Assert.Equal("four", _lines[^1]);
        Assert.False(_splitter.HasPartial);
    }

    [Fact]
    public void A_split_at_any_place_changes_nothing()
    {
        const string Text = "one\ntwo\r\n\nlonger than eight\nlast\n";
        Feed(Text);
        var whole = _lines.ToArray();
        for (var at = 0; at <= Text.Length; at++)
        {
            _lines.Clear();
            Feed(Text[..at]);
            Feed(Text[at..]);
            Assert.Equal(whole, _lines);
        }
    }

    [Fact]
    public void A_line_that_is_too_long_comes_in_pieces()
    {
        Feed("12345678abcdefghX\n");
        Assert.Equal(["12345678", "abcdefgh", "X"], _lines);
    }

    [Fact]
    public void A_line_of_exactly_the_longest_length_stays_whole()
    {
        Feed("1234");
        Feed("5678\n");
        Assert.Equal(["12345678"], _lines);
    }

    [Fact]
    public void Bytes_that_are_no_text_pass()
    {
        _splitter.Feed([0xFF, 0x00, (byte)'\n'], line => Assert.Equal([0xFF, 0x00], line.ToArray()));
    }

    private void Feed(string text) => _splitter.Feed(Encoding.UTF8.GetBytes(text), Add);

    private void Add(ReadOnlySpan<byte> line) => _lines.Add(Encoding.UTF8.GetString(line));
}
