using Addergate.Cli.Interpreters;
using Addergate.Cli.Machines;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Resolution;

namespace Addergate.Cli.Configuration;

/// <summary>Asks the interpreters of all applications what they are, each once.</summary>
/// <param name="reading">What was heard while the configuration file was read, or null.</param>
/// <param name="machine">The machine.</param>
/// <param name="layout">Where this program is.</param>
internal sealed class InterpreterRound(TomlReading? reading, LocalMachine machine, Layout layout)
{
    private readonly Dictionary<(string Path, uint? User, uint? Group), InterpreterAnswer> _answers = [];

    /// <summary>Blocks while they answer.</summary>
    /// <param name="probes">One for each application; null where it is known already that there is none.</param>
    /// <param name="mistakes">Told what is wrong with them.</param>
    /// <returns>The interpreter of each application; null for those without one, and for those that have a mistake.</returns>
    internal IReadOnlyList<Interpreter?> Ask(IReadOnlyList<ProbeTarget?> probes, List<Mistake> mistakes) =>
        [.. probes.Select(probe => probe is null ? null : Ask(probe, mistakes))];

    private Interpreter? Ask(ProbeTarget probe, List<Mistake> mistakes)
    {
        var answer = Ask(probe);
        if ((answer.Mistake ?? answer.Interpreter!.MistakeFor(probe.Python)) is not { } unfit)
        {
            return answer.Interpreter;
        }

        if (!mistakes.Contains(unfit))
        {
            mistakes.Add(unfit);
        }

        return null;
    }

    private InterpreterAnswer Ask(ProbeTarget probe)
    {
        var key = (probe.Python.Executable, probe.Identity.UserId, probe.Identity.GroupId);
        if (!_answers.TryGetValue(key, out var answer))
        {
            answer = Heard(probe)
                ?? InterpreterProbe.Ask(layout.Program, probe.Python.Executable, probe.Identity, machine.Variables);
            _answers.Add(key, answer);
        }

        return answer;
    }

    private InterpreterAnswer? Heard(ProbeTarget probe) =>
        reading is not null
        && reading.AskedAs.UserId == probe.Identity.UserId
        && reading.AskedAs.GroupId == probe.Identity.GroupId
            ? reading.Asked.GetValueOrDefault(probe.Python.Executable)
            : null;
}
