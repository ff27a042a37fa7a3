using System.Runtime.CompilerServices;
using Addergate.Cli.Machines;
using Addergate.Cli.Terminals;
using Addergate.Posix.Processes.Exec;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Sources;

namespace Addergate.Cli.Commands;

/// <summary>
/// Finds the command. Each is called through a method that is not inlined, so that one command never loads the assemblies
/// of another: <c>--version</c> and <c>_exec</c> take 50 ms, of which nearly all is the runtime.
/// </summary>
internal static class Dispatcher
{
    private static readonly string[] Public =
    [
        "start-server", "setup-server", "install-service", "proxy-config", "check-config", "explain", "status", "reload",
        "upgrade", "restart", "evict", "stop", "reopen-logs", "module-config", "module-location", "install-module", "help", "--help",
        "--version",
    ];

    internal static Task<int> RunAsync(string[] arguments)
    {
        var rest = arguments.Length > 0 ? arguments[1..] : [];
        return arguments.FirstOrDefault() switch
        {
            "_exec" => Task.FromResult(Exec(rest)),
            "_frontend" => FrontEnd(),
            "start-server" => StartServer(rest),
            "setup-server" => Task.FromResult(SetupServer(Expand(rest))),
            "install-service" => Task.FromResult(InstallService(Expand(rest))),
            "proxy-config" => Task.FromResult(ProxyConfig(Expand(rest))),
            "module-config" or "module-location" or "install-module" => Task.FromResult(Module(arguments[0], rest)),
            "check-config" => Task.FromResult(CheckConfig(Expand(rest))),
            "explain" => Task.FromResult(Explain(Expand(rest))),
            "--version" or "-V" or "version" => Task.FromResult(Version()),
            "help" when rest is [var command, ..] && Public.Contains(command) => RunAsync([command, "--help"]),
            "status" or "reload" or "upgrade" or "restart" or "evict" or "stop" or "reopen-logs" =>
                Task.FromResult(Administer(arguments[0], rest)),
            "--help" or "-h" or "help" => Task.FromResult(Help()),
            "_reference" => Task.FromResult(Reference(rest)),
            null => Task.FromResult(NoCommand()),
            var unknown => Task.FromResult(Unknown(unknown)),
        };
    }

    /// <summary>As mod_wsgi-express does for its own commands.</summary>
    private static string[] Expand(string[] arguments) => Array.Exists(arguments, static argument => argument.Contains('$'))
        ? ExpandVariables(arguments)
        : arguments;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string[] ExpandVariables(string[] arguments) =>
        ArgumentVariables.Expand(arguments, new LocalMachine().Variables);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Exec(string[] arguments) => ExecRole.Run(arguments);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> FrontEnd() => FrontEndCommand.RunAsync();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> StartServer(string[] arguments) => StartServerCommand.RunAsync(arguments);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SetupServer(string[] arguments) => SetupServerCommand.Run(arguments);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int InstallService(string[] arguments) => InstallServiceCommand.Run(arguments);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ProxyConfig(string[] arguments) => ProxyConfigCommand.Run(arguments);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Module(string command, string[] arguments) => ModuleCommands.Run(command, arguments);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CheckConfig(string[] arguments) => CheckConfigCommand.Run(arguments);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Explain(string[] arguments) => ExplainCommand.Run(arguments);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Version() => VersionCommand.Run();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Help() => HelpCommand.Run();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Reference(string[] arguments) => ReferenceCommand.Run(arguments);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Administer(string command, string[] arguments) => command switch
    {
        "status" => StatusCommand.Run(arguments),
        "reload" => ReloadCommand.Run(arguments),
        "upgrade" => UpgradeCommand.Run(arguments),
        "restart" => RestartCommand.Run(arguments),
        "evict" => EvictCommand.Run(arguments),
        "stop" => StopCommand.Run(arguments),
        _ => ReopenLogsCommand.Run(arguments),
    };

    private static int NoCommand()
    {
        HelpCommand.Write(StandardStream.Error);
        return ExitStatus.Usage;
    }

    private static int Unknown(string name)
    {
        var advice = File.Exists(name) || name.Contains(':')
            ? $"did you mean addergate start-server {name}?"
            : NearestName.Find(name, Public) is { } nearest
                ? $"did you mean {nearest}?"
                : "see addergate --help";
        StandardStream.Error.Write($"addergate: unknown command {name}; {advice}\n");
        return ExitStatus.Usage;
    }
}
