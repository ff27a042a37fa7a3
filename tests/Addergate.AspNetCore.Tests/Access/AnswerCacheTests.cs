using Addergate.AspNetCore.Access;
using Addergate.AspNetCore.Tests.Fakes;

namespace Addergate.AspNetCore.Tests.Access;

public sealed class AnswerCacheTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void An_answer_is_known_for_the_time_given()
    {
        var cache = new AnswerCache(TimeSpan.FromSeconds(5), _time);
        cache.Keep("a", "yes");
        Assert.Equal("yes", cache.Find<string>("a"));
        Assert.Null(cache.Find<string>("b"));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(cache.Find<string>("a"));
    }

    [Fact]
    public void Without_a_time_nothing_is_remembered()
    {
        var cache = new AnswerCache(TimeSpan.Zero, _time);
        cache.Keep("a", "yes");
        Assert.Null(cache.Find<string>("a"));
    }

    [Fact]
    public void However_many_are_asked_for_it_stays_small()
    {
        var cache = new AnswerCache(TimeSpan.FromHours(1), _time);
        for (var i = 0; i < 25_000; i++)
        {
            cache.Keep($"{i}", "yes");
        }

        Assert.Null(cache.Find<string>("0"));
        Assert.Equal("yes", cache.Find<string>("24999"));
    }
}
