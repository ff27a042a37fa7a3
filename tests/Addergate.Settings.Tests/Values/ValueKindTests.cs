using Addergate.Settings.Model;

namespace Addergate.Settings.Tests.Values;

public sealed class ValueKindTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("1.5s", 1.5)]
    [InlineData("250ms", 0.25)]
    [InlineData("2m", 120)]
    [InlineData("1h", 3600)]
    [InlineData("1m30s", 90)]
    [InlineData("0", 0)]
    public void Durations_are_seconds_or_have_units(string text, double seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds), Resolve.Good($"--startup-timeout {text}").Timeouts.Startup);

    [Theory]
    [InlineData("soon")]
    [InlineData("5x")]
    [InlineData("1.2.3")]
    [InlineData("m")]
    [InlineData("-5")]
    [InlineData("NaN")]
    public void What_is_no_duration_is_told(string text) => Assert.Equal(
        $"--startup-timeout: \"{text}\" is not a duration: write seconds, or units as in 5s, 2m, 1h",
        Resolve.Mistake($"--startup-timeout={text}"));

    [Fact]
    public void A_duration_that_no_timer_can_count_is_told() => Assert.Equal(
        "--startup-timeout: \"400d\" is too long: the most is 24d", Resolve.Mistake("--startup-timeout 400d"));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("10485760", 10485760)]
    [InlineData("10M", 10485760)]
    [InlineData("10MiB", 10485760)]
    [InlineData("1.5k", 1536)]
    [InlineData("1G", 1073741824)]
    public void Sizes_have_units_of_1024(string text, long bytes) => Assert.Equal(
        bytes, Resolve.Good($"--limit-request-body {text}").Limits.RequestBody);

    [Theory]
    [InlineData("--limit-request-body=10X", "is not an amount of bytes: write a number, or a unit as in 512K, 10M, 1G")]
    [InlineData("--limit-request-body=-1", "is not an amount of bytes: write a number, or a unit as in 512K, 10M, 1G")]
    [InlineData("--limit-request-body=99999999T", "is too much: the most is 9223372036854775807")]
    [InlineData("--port=70000", "is not between 0 and 65535")]
    [InlineData("--port=-1", "is not between 0 and 65535")]
    [InlineData("--port=1e3", "is not a whole number")]
    [InlineData("--port=99999999999999999999", "is not between 0 and 65535")]
    [InlineData("--threads=0", "is not between 1 and 4096")]
    [InlineData("--processes=-2", "is not between 1 and 1024")]
    [InlineData("--processes=two", "is not a whole number")]
    [InlineData("--log-level=loud", "is none of debug, info, warn, error or critical")]
    [InlineData("--request-buffering=maybe", "is neither on nor off")]
    public void An_impossible_value_is_told_with_what_is_possible(string option, string problem)
    {
        var (name, value) = (option.Split('=')[0], option.Split('=')[1]);
        Assert.Equal($"{name}: \"{value}\" {problem}", Resolve.Mistake(option));
    }

    [Theory]
    [InlineData("WARN", LogLevelName.Warn)]
    [InlineData("notice", LogLevelName.Info)]
    [InlineData("crit", LogLevelName.Critical)]
    public void Log_levels_have_the_names_of_Apache_too(string text, LogLevelName level) =>
        Assert.Equal(level, Resolve.Good($"--log-level {text}").Logs.Level);
}
