namespace Addergate.Settings.Model;

/// <summary>One of the applications that a server has, with everything that is its own: interpreter, workers, queue,
/// timers, limits and user.</summary>
public sealed record HostedApplication
{
    /// <summary>What the only application of a server is called.</summary>
    public const string OnlyName = "main";

    /// <summary>What the scripts that decide on access are called; no other application is.</summary>
    public const string AccessName = "access";

    /// <summary>Which one is meant, in logs and commands. No two of a server have the same.</summary>
    public string Name { get; init; } = OnlyName;

    /// <summary>Names of the site under which it is asked for, in lower case, <c>*</c> and <c>?</c> as in
    /// <see cref="NameSettings.Aliases"/>; empty = every name that no other application has.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    public required ApplicationSettings Application { get; init; }

    /// <summary>Whether the server must not serve without it.</summary>
    public bool DecidesAccess => Application.Type == ApplicationType.Access;

    public required PythonSettings Python { get; init; }

    public required WorkerSettings Workers { get; init; }

    public required QueueSettings Queue { get; init; }

    /// <summary>Of its requests and workers; the server's own are in <see cref="ServerSettings.Timeouts"/>.</summary>
    public required TimeoutSettings Timeouts { get; init; }

    /// <summary>Of its requests; the totals are the server's.</summary>
    public required LimitSettings Limits { get; init; }

    /// <summary>Who its workers run as.</summary>
    public required IdentitySettings Identity { get; init; }
}
