using Addergate.Settings.Model;

namespace Addergate.Supervisor;

/// <summary>All that a supervisor needs to know: settings and paths, already checked.</summary>
public sealed record SupervisorPlan
{
    public required ServerSettings Settings { get; init; }

    /// <summary>The file that settings were read from, or null; only looked at, to say when it is no longer what is in force.
    /// </summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>Whether the server root is one that nobody named, which goes with the server.</summary>
    public bool HasPassingRoot { get; init; }

    /// <summary>Absolute path of this program: <c>_exec</c> and <c>_frontend</c> are roles of it.</summary>
    public required string Executable { get; init; }

    /// <summary>What this program was called when it was started: argv[0].</summary>
    public required string InvokedAs { get; init; }

    /// <summary>The command line that follows, <c>start-server</c> first: what starts the same server again.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>How to run each application, in the order of <see cref="ServerSettings.Pools"/>.</summary>
    public required IReadOnlyList<ApplicationPlan> Applications { get; init; }

    /// <summary>Absolute path of <c>python/addergate/bootstrap.py</c>.</summary>
    public required string BootstrapScript { get; init; }

    /// <summary>The environment that this program was started with; the children's is made from it.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>SERVER_SOFTWARE for applications: <c>Addergate/0.1.0</c>.</summary>
    public required string ServerSoftware { get; init; }

    /// <summary>Whether stdout and stderr are terminals that may be coloured (isatty, and no NO_COLOR).</summary>
    public bool ColourTerminal { get; init; }
}
