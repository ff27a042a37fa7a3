using Addergate.AspNetCore.Access;
using Addergate.AspNetCore.Tests.Fakes;

namespace Addergate.AspNetCore.Tests.Access;

public sealed class AnswerCacheTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void An_answer_is_known_for_the_time_given()
    {
        var cache = new AnswerCache<string>(TimeSpan.FromSeconds(5), _time);
        cache.Keep("a", "yes");
        Assert.Equal("yes", cache.Find("a"));
        Assert.Null(cache.Find("b"));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(cache.Find("a"));
    }

    [Fact]
    public void Without_a_time_nothing_is_remembered()
    {
        var cache = new AnswerCache<string>(TimeSpan.Zero, _time);
        cache.Keep("a", "yes");
        Assert.Null(cache.Find("a"));
    }

    [Fact]
    public void However_many_are_asked_for_it_stays_small()
    {
        var cache = new AnswerCache<string>(TimeSpan.FromHours(1), _time);
        for (var i = 0; i < 25_000; i++)
        {
            cache.Keep($"{i}", "yes");
        }

        Assert.Null(cache.Find("0"));
        Assert.Equal("yes", cache.Find("24999"));
    }

    [Fact]
    public void What_is_too_old_makes_room_first()
    {
        var cache = new AnswerCache<string>(TimeSpan.FromSeconds(5), _time);
        for (var i = 0; i < 9_999; i++)
        {
            cache.Keep($"{i}", "yes");
        }

        _time.Advance(TimeSpan.FromSeconds(4));
        cache.Keep("kept", "yes");
        _time.Advance(TimeSpan.FromSeconds(2));
        cache.Keep("new", "yes");
        Assert.Equal(("yes", "yes"), (cache.Find("kept"), cache.Find("new")));
    }

    [Fact]
    public void Keys_differ_wherever_a_part_begins_and_ends()
    {
        string[] keys =
        [
            AnswerKey.Of("ab", "c"), AnswerKey.Of("a", "bc"), AnswerKey.Of("abc"), AnswerKey.Of("abc", ""), AnswerKey.Of("abc", null),
        ];
        Assert.Equal(5, keys.Distinct().Count());
        Assert.Equal(AnswerKey.Of("a", null), AnswerKey.Of("a", null));
    }
}
