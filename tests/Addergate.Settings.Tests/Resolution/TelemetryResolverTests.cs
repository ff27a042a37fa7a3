using Addergate.Settings.Model;

namespace Addergate.Settings.Tests.Resolution;

public sealed class TelemetryResolverTests
{
    [Fact]
    public void Unless_asked_for_nothing_is_measured()
    {
        var telemetry = Resolve.Good("").Telemetry;
        Assert.False(telemetry.IsMeasured);
        Assert.Equal(new TelemetrySettings(), telemetry);
    }

    [Fact]
    public void The_page_has_a_port_of_its_own()
    {
        Assert.Equal(8888, Resolve.Good("--enable-telemetry").Telemetry.PagePort);
        Assert.Equal(9000, Resolve.Good("--enable-telemetry --telemetry-ui-port 9000").Telemetry.PagePort);
        Assert.Equal(
            ["--telemetry-ui-port: port 8000 is one of the site's already; choose another with --telemetry-ui-port"],
            Resolve.Mistakes("--enable-telemetry --telemetry-ui-port 8000"));
        Assert.Equal(
            ["--enable-telemetry: port 8888 is one of the site's already; choose another with --telemetry-ui-port"],
            Resolve.Mistakes("--port 8888 --enable-telemetry"));
        Assert.Contains("--telemetry-ui-port has no effect without --enable-telemetry", Resolve.Line("--telemetry-ui-port 1").Warnings);
    }

    [Fact]
    public void Samples_are_not_taken_too_often()
    {
        Assert.Equal(TimeSpan.FromSeconds(0.5), Resolve.Good("--enable-telemetry --telemetry-interval 0.5").Telemetry.Interval);
        Assert.Equal(
            ["--telemetry-interval: 0.4s is too short; write at least 0.5s"],
            Resolve.Mistakes("--enable-telemetry --telemetry-interval 0.4"));
    }

    [Fact]
    public void A_collector_has_a_path()
    {
        Assert.Equal("/run/t.sock", Resolve.Good("--telemetry-service unix:/run/t.sock --enable-telemetry").Telemetry.Service);
        Assert.Equal(
            ["--telemetry-service: \"udp:localhost:9\" is no Unix socket; write unix: and an absolute path, as in unix:/run/telemetry.sock"],
            Resolve.Mistakes("--telemetry-service udp:localhost:9"));
    }

    [Theory]
    [InlineData("CaptureUserAgent", true)]
    [InlineData("+CaptureUserAgent", true)]
    [InlineData("All", true)]
    [InlineData("None", false)]
    public void Options_add_and_take_away(string option, bool tells)
    {
        var line = $"--telemetry-service unix:/t --telemetry-options {option}";
        Assert.Equal(tells, Resolve.Good(line).Telemetry.TellsUserAgent);
        Assert.False(Resolve.Good(line + " --telemetry-options -CaptureUserAgent").Telemetry.TellsUserAgent);
        Assert.Equal(
            ["--telemetry-options: there is no option \"More\"; write CaptureUserAgent with + or - before it, None or All"],
            Resolve.Mistakes(line + " --telemetry-options More"));
    }
}
