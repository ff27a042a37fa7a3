namespace Addergate.Settings.Model;

/// <summary>Who may come in.</summary>
public sealed record AccessSettings
{
    /// <summary>The scripts, for a worker of their own: no Python runs in the front end. Null where there are none.</summary>
    public HostedApplication? Application { get; init; }

    /// <summary>Users and passwords as htpasswd makes them, absolute, or null.</summary>
    public string? UserFile { get; init; }

    public AuthenticationType Type { get; init; }

    /// <summary>What is being entered.</summary>
    public string Realm { get; init; } = "";

    /// <summary>The group that users must be in; null where there is no script for groups.</summary>
    public string? Group { get; init; }

    /// <summary>How long answers of scripts are remembered; zero = not at all.</summary>
    public TimeSpan CacheTime { get; init; }

    public AccessScripts Scripts => Application?.Application.Access ?? AccessScripts.None;

    /// <summary>Whether clients have to say who they are.</summary>
    public bool NeedsUser => UserFile is not null || Scripts.User is not null;

    /// <summary>Whether anybody is asked at all.</summary>
    public bool IsOpen => Application is null && UserFile is null;
}
