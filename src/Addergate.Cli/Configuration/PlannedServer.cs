using Addergate.Cli.Interpreters;
using Addergate.Settings.Configuration;
using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Resolution;
using Addergate.Supervisor;

namespace Addergate.Cli.Configuration;

/// <summary>What a command line, the environment and a configuration file come to.</summary>
/// <param name="Settings">Null when there are mistakes.</param>
/// <param name="Interpreters">Of each application in turn, null for one that needs none; empty when there are mistakes.</param>
/// <param name="Mistakes">Of all sources.</param>
/// <param name="Result">What was written where, and what is allowed but probably not meant.</param>
/// <param name="Directory">The current one.</param>
/// <param name="ConfigurationFile">Its path, or null without one.</param>
/// <param name="Variables">What <c>--envvars-script</c> sets for each application in turn; null values remove.</param>
internal sealed record PlannedServer(
    ServerSettings? Settings,
    IReadOnlyList<Interpreter?> Interpreters,
    IReadOnlyList<Mistake> Mistakes,
    SettingsResult Result,
    string Directory,
    string? ConfigurationFile,
    IReadOnlyList<IReadOnlyDictionary<string, string?>> Variables)
{
    internal IReadOnlyList<string> Warnings => Result.Warnings;

    /// <summary>Every setting with its value and where that was written.</summary>
    internal IEnumerable<SettingInForce> InForce => Result.InForce(Directory);

    /// <summary>What the table of one of several applications says.</summary>
    internal IEnumerable<SettingInForce> InForceIn(ApplicationTable table) => Result.InForce(table, Directory);

    /// <summary>How each pool's processes are run. The scripts that decide on access are run as the first application is.</summary>
    internal IEnumerable<ApplicationPlan> Plans => Interpreters
        .Zip(Variables, static (interpreter, variables) => new ApplicationPlan(interpreter?.Executable ?? "", variables))
        .ToArray() is var plans && Settings?.Access.Application is not null ? [.. plans, plans[0]] : plans;

    /// <summary>Whether a switch is on.</summary>
    internal bool Asks(Setting<bool> asked) =>
        InForce.Any(setting => setting.Setting == asked && setting.Values is ["on"]);

    /// <summary>Whether nobody has said anything about a setting.</summary>
    internal bool IsDefault(Setting asked) => InForce.Any(setting => setting.Setting == asked && setting.IsDefault);
}
