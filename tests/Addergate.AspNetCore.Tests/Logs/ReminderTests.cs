using Addergate.AspNetCore.Logs;
using Addergate.AspNetCore.Tests.Fakes;

namespace Addergate.AspNetCore.Tests.Logs;

public sealed class ReminderTests
{
    [Fact]
    public void A_trouble_is_told_at_once_and_then_once_a_minute_with_its_count()
    {
        var time = new ManualTime();
        var reminder = new Reminder(time);
        Assert.True(reminder.IsDue(out var count));
        Assert.Equal(1, count);
        for (var second = 0; second < 59; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.False(reminder.IsDue(out _));
        }

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(reminder.IsDue(out count));
        Assert.Equal(60, count);
        Assert.False(reminder.IsDue(out count));
        Assert.Equal(1, count);
    }

    [Fact]
    public void A_trouble_that_comes_again_later_is_told_at_once()
    {
        var time = new ManualTime();
        var reminder = new Reminder(time);
        Assert.True(reminder.IsDue(out _));
        time.Advance(TimeSpan.FromHours(1));
        Assert.True(reminder.IsDue(out var count));
        Assert.Equal(1, count);
    }
}
