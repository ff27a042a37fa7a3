using Addergate.Cli.Terminals;
using Addergate.Posix.Identity;
using Addergate.Settings.Model;
using Addergate.Supervisor;

namespace Addergate.Cli.Banner;

/// <summary>Tells the person at the terminal how the start goes.</summary>
internal sealed class StartEvents : ISupervisorEvents, IDisposable
{
    /// <summary>Sooner, the banner is there anyway.</summary>
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(1.5);

    private readonly StartBanner _banner;
    private readonly Timer? _slow;

    internal StartEvents(StartBanner banner, ServerSettings settings)
    {
        _banner = banner;
        if (StandardStream.Error.IsTerminal)
        {
            var what = string.Join(", ", settings.Applications.Select(static hosted =>
                hosted.Application.Type == ApplicationType.Welcome ? "the welcome page" : hosted.Application.Entry));
            _slow = new Timer(_ => StandardStream.Error.Write($"Loading {what} ...\n"), null, QuietFor, Timeout.InfiniteTimeSpan);
        }
    }

    public void Started(StartedServer server)
    {
        _slow?.Dispose();
        StandardStream.Error.Write(_banner.Write(
            server, StandardStream.Error.IsTerminal, isRoot: CurrentIdentity.EffectiveUser == 0));
    }

    public void Failed(string reason)
    {
        _slow?.Dispose();
        StandardStream.Error.Write($"{StandardStream.Error.Style.Error("addergate:")} {reason.TrimEnd('\n')}\n");
    }

    public void Dispose() => _slow?.Dispose();
}
