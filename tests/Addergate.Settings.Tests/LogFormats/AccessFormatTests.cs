using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.LogFormats;

public sealed class AccessFormatTests
{
    [Theory]
    [InlineData("%h %y", "has %y, which is no directive of an access log here")]
    [InlineData("%{x}h", "has %{x}h, which is no directive of an access log here")]
    [InlineData("%h %", "ends amid the directive %")]
    [InlineData("%{User-Agent", "ends amid the directive %{User-Agent")]
    [InlineData("%i", "has %i without a name, as in %{NAME}i")]
    [InlineData("%{min}T", "has %{min}T, but the units are s, ms and us")]
    [InlineData("%{other}p", "has %{other}p, but the ports are local, remote and canonical")]
    [InlineData("%{cost}n", "has %{cost}n, but the only note is %{queue}n")]
    [InlineData("%{%Q}t", "has %{%Q}t: there is no %Q in a time")]
    [InlineData("%20{X}i", "has %{X}i with a status that has not three digits")]
    [InlineData("%h\\n%m", "has \\n, which would tear its lines")]
    [InlineData("plain", "is none of common, combined or json, and no format with directives as in %h %>s")]
    public void A_mistake_names_the_directive(string format, string problem) => Assert.Equal(
        $"--access-log-format: \"{format}\" {problem}",
        Assert.Single(Resolve.Words(new FakeMachine(), "app.wsgi", "--access-log", "--access-log-format", format).Mistakes).ToString());

    [Theory]
    [InlineData("JSON", "json")]
    [InlineData("common", "common")]
    [InlineData("%h \"%r\" %>s", "%h \"%r\" %>s")]
    public void What_is_good_is_kept(string format, string kept) => Assert.Equal(
        kept, Resolve.Words(new FakeMachine(), "app.wsgi", "--access-log", "--access-log-format", format).Settings!.Logs.AccessLogFormat);
}
