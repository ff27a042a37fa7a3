using Addergate.Settings.Declarations;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Who is told how the server does.</summary>
internal static class TelemetryResolver
{
    // As mod_wsgi's WSGITelemetryService: more often costs more than it shows.
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(0.5);

    // sun_path of sockaddr_un, without its NUL.
    private const int LongestPath = 107;

    internal static TelemetrySettings Resolve(SettingValues values, ListenSettings listen, List<string> warnings)
    {
        var settings = new TelemetrySettings
        {
            PagePort = Port(values, listen),
            Service = Service(values),
            Interval = values.Get(TelemetryDeclarations.Interval),
            TellsUserAgent = TellsUserAgent(values),
            TellsApplication = values.Get(TelemetryDeclarations.ServerMetrics),
        };
        if (settings.Interval < ShortestInterval)
        {
            var kind = TelemetryDeclarations.Interval.Kind;
            values.Wrong(
                $"{values.Written(TelemetryDeclarations.Interval)!.Origin}: {kind.Show(settings.Interval)} is too short",
                $"write at least {kind.Show(ShortestInterval)}");
        }

        WarnOfIdle(values, settings, warnings);
        return settings;
    }

    private static int? Port(SettingValues values, ListenSettings listen)
    {
        var port = values.Get(TelemetryDeclarations.PagePort);
        if (!values.Get(TelemetryDeclarations.Page))
        {
            return null;
        }

        if (port != 0 && (port == listen.HttpsPort || (port == listen.Port && listen.UnixSocket() is null)))
        {
            var origin = (values.Written(TelemetryDeclarations.PagePort) ?? values.Written(TelemetryDeclarations.Page)!).Origin;
            values.Wrong(
                $"{origin}: port {port} is one of the site's already",
                $"choose another with {TelemetryDeclarations.PagePort.Option}");
        }

        return port;
    }

    private static string? Service(SettingValues values)
    {
        if (!values.TryGet(TelemetryDeclarations.Service, out var target))
        {
            return null;
        }

        var origin = values.Written(TelemetryDeclarations.Service)!.Origin;
        if (!target.StartsWith(ListenSettings.UnixPrefix + "/", StringComparison.Ordinal))
        {
            values.Wrong($"{origin}: \"{target}\" is no Unix socket", "write unix: and an absolute path, as in unix:/run/telemetry.sock");
            return null;
        }

        var path = target[ListenSettings.UnixPrefix.Length..];
        if (System.Text.Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            values.Wrong($"{origin}: the path is longer than {LongestPath} bytes, the most for a Unix socket", "choose a shorter one");
        }

        return path;
    }

    /// <summary>As Apache's Options: words that add or take away, in their order.</summary>
    private static bool TellsUserAgent(SettingValues values)
    {
        var tells = false;
        foreach (var (text, written) in values.Each(TelemetryDeclarations.Options))
        {
            foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                switch (word.ToLowerInvariant())
                {
                    case "captureuseragent" or "+captureuseragent" or "all":
                        tells = true;
                        break;
                    case "-captureuseragent" or "none":
                        tells = false;
                        break;
                    default:
                        values.Wrong(
                            $"{written.Origin}: there is no option \"{word}\"",
                            "write CaptureUserAgent with + or - before it, None or All");
                        break;
                }
            }
        }

        return tells;
    }

    private static void WarnOfIdle(SettingValues values, TelemetrySettings settings, List<string> warnings)
    {
        var page = TelemetryDeclarations.Page.Option;
        var service = TelemetryDeclarations.Service.Option;
        if (settings.PagePort is null && values.Written(TelemetryDeclarations.PagePort) is { } port)
        {
            warnings.Add($"{port.Origin} has no effect without {page}");
        }

        if (!settings.IsMeasured && values.Written(TelemetryDeclarations.Interval) is { } interval)
        {
            warnings.Add($"{interval.Origin} has no effect without {page} or {service}");
        }

        if (settings.Service is null && values.Written(TelemetryDeclarations.Options) is { } options)
        {
            warnings.Add($"{options.Origin} has no effect without {service}");
        }
    }
}
