using Addergate.Supervisor.Shell;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Shell;

public sealed class QuestionPaceTests
{
    private readonly ManualTime _time = new();
    private readonly QuestionPace _pace = new();

    [Fact]
    public void The_first_question_is_asked_at_once_and_those_that_come_meanwhile_are_one_with_it()
    {
        Assert.Equal(TimeSpan.Zero, _pace.TryTake(_time));
        Assert.Null(_pace.TryTake(_time));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(_pace.TryTake(_time));
    }

    [Fact]
    public void The_next_one_waits_for_a_quarter_of_a_second()
    {
        _pace.TryTake(_time);
        _pace.Begin(_time);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(TimeSpan.FromSeconds(0.15), _pace.TryTake(_time));
        Assert.Null(_pace.TryTake(_time));
        _time.Advance(TimeSpan.FromSeconds(0.15));
        _pace.Begin(_time);
        _time.Advance(TimeSpan.FromSeconds(0.25));
        Assert.Equal(TimeSpan.Zero, _pace.TryTake(_time));
    }
}
