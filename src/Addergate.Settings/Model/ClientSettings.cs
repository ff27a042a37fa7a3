namespace Addergate.Settings.Model;

/// <summary>How much patience there is with a client. Zero durations and rates are off.</summary>
public sealed record ClientSettings
{
    /// <summary>How long an idle connection is kept; zero = not at all.</summary>
    public required TimeSpan KeepAlive { get; init; }

    /// <summary>For the head of a request to arrive.</summary>
    public required TimeSpan HeaderTimeout { get; init; }

    /// <summary>The most that <see cref="HeaderMinRate"/> may stretch it to.</summary>
    public required TimeSpan HeaderMaxTimeout { get; init; }

    /// <summary>Bytes that stretch it by one second.</summary>
    public required int HeaderMinRate { get; init; }

    /// <summary>For the body of a request to arrive.</summary>
    public required TimeSpan BodyTimeout { get; init; }

    /// <summary>The most that <see cref="BodyMinRate"/> may stretch it to.</summary>
    public required TimeSpan BodyMaxTimeout { get; init; }

    /// <summary>Bytes that stretch it by one second.</summary>
    public required int BodyMinRate { get; init; }

    /// <summary>For a client that sends nothing of what it owes.</summary>
    public required TimeSpan Socket { get; init; }

    /// <summary>For a client that takes nothing of what it is sent.</summary>
    public required TimeSpan ResponseSocket { get; init; }

    /// <summary>Connections open at once; null = what the limit on open files allows.</summary>
    public int? MaxClients { get; init; }
}
