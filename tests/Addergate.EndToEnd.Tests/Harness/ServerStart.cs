namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>How to start a server: what differs from a plain one on a free port of the loopback.</summary>
internal sealed record ServerStart
{
    /// <summary>ENTRY and options, without those that the harness gives (port, host, server root).</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Variables to set, or with a null value to remove.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Interpreter of the workers; Debian's unless a test is about another.</summary>
    public string? Python { get; init; } = Pythons.Default;

    /// <summary>Where the command is run.</summary>
    public string WorkingDirectory { get; init; } = Layout.Apps;

    /// <summary>Whether <c>--host 127.0.0.1 --port 0</c> is added.</summary>
    public bool OnFreePort { get; init; } = true;

    /// <summary>The server root; null for one of the harness's own.</summary>
    public string? Root { get; init; }

    /// <summary>Whether the server root is named; else it is the program's default.</summary>
    public bool NamesRoot { get; init; } = true;

    /// <summary>A command that starts the program, with its own options; the program's command line follows.</summary>
    public IReadOnlyList<string> Wrapper { get; init; } = [];

    /// <summary>The conformance applications, with some options.</summary>
    public static ServerStart Conformance(params string[] options) =>
        new() { Arguments = [Layout.Conformance, "--working-directory", Layout.Apps, .. options] };
}
