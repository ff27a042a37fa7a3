using System.Text;
using Addergate.Supervisor.Logs;

namespace Addergate.Supervisor.Tests.Logs;

public sealed class LogLineTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.FromHours(2));

    [Fact]
    public void A_record_has_time_in_utc_level_source_request_and_text() =>
        Assert.Equal(
            "2026-03-04T03:06:07.089Z [error] [worker 3, pid 77] [r-1] it broke\n",
            Format("error", "r-1", "it broke", colour: false));

    [Fact]
    public void Without_a_request_there_is_no_bracket_for_it() =>
        Assert.Equal("2026-03-04T03:06:07.089Z [stdout] [worker 3, pid 77] hello\n", Format("stdout", "", "hello", false));

    [Fact]
    public void Further_lines_are_indented_so_that_none_passes_for_a_record_of_its_own() =>
        Assert.EndsWith(
            "] one\n    2026-03-04T03:06:07.089Z [error] [supervisor] forged\n",
            Format("error", "", "one\n2026-03-04T03:06:07.089Z [error] [supervisor] forged\n", false),
            StringComparison.Ordinal);

    [Fact]
    public void Control_characters_are_shown_and_not_sent() =>
        Assert.EndsWith(
            "] a\\x1b[31mb\\x0dc\\x00\td\\x9b\n", Format("error", "", "a\e[31mb\rc\0\td\u009b", false),
            StringComparison.Ordinal);

    [Fact]
    public void Other_ends_of_lines_and_turns_of_direction_are_shown_too() =>
        Assert.EndsWith(
            "] a\\u2028b\\u2029c\\u202ed\\u2066\u200d\u00e9\n", Format("error", "", "a\u2028b\u2029c\u202ed\u2066\u200d\u00e9", false),
            StringComparison.Ordinal);

    [Fact]
    public void Colours_are_ours_alone()
    {
        var line = Format("error", "", "x\e[32m", colour: true);
        Assert.Contains("\e[31m[error]\e[0m", line, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[32m", line, StringComparison.Ordinal);
    }

    private static string Format(string word, string request, string text, bool colour) =>
        Encoding.UTF8.GetString(LogLine.Format(Time, word, "worker 3, pid 77", request, text, colour));
}
