using Addergate.Cli.Interpreters;
using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Resolution;

namespace Addergate.Cli.Configuration;

/// <summary>What a command line, the environment and a configuration file come to.</summary>
/// <param name="Settings">Null when there are mistakes.</param>
/// <param name="Interpreter">Null when there are mistakes, and where nothing needs one.</param>
/// <param name="Mistakes">Of all sources.</param>
/// <param name="Warnings">What is allowed but probably not meant.</param>
/// <param name="InForce">Every setting with its value and where that was written.</param>
/// <param name="ConfigurationFile">Its path, or null without one.</param>
/// <param name="Variables">What <c>--envvars-script</c> sets for the application; null values remove.</param>
internal sealed record PlannedServer(
    ServerSettings? Settings,
    Interpreter? Interpreter,
    IReadOnlyList<Mistake> Mistakes,
    IReadOnlyList<string> Warnings,
    IEnumerable<SettingInForce> InForce,
    string? ConfigurationFile,
    IReadOnlyDictionary<string, string?> Variables)
{
    /// <summary>Whether a switch is on.</summary>
    internal bool Asks(Setting<bool> asked) =>
        InForce.Any(setting => setting.Setting == asked && setting.Values is ["on"]);
}
