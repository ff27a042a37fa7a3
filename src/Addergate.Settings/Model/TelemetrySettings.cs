namespace Addergate.Settings.Model;

/// <summary>Who is told how the server does, besides the logs and <c>/server-status</c>.</summary>
public sealed record TelemetrySettings
{
    /// <summary>Port of the page on this machine, 0 = one that is free; null without it.</summary>
    public int? PagePort { get; init; }

    /// <summary>Path of the Unix datagram socket of a collector, or null.</summary>
    public string? Service { get; init; }

    /// <summary>Between two samples.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the collector is told the <c>User-Agent</c> of slow requests.</summary>
    public bool TellsUserAgent { get; init; }

    /// <summary>Whether <c>mod_wsgi.server_metrics()</c> answers.</summary>
    public bool TellsApplication { get; init; }

    /// <summary>Whether requests are measured at all.</summary>
    public bool IsMeasured => PagePort is not null || Service is not null;
}
