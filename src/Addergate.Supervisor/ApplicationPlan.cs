namespace Addergate.Supervisor;

/// <summary>How one application's processes are run.</summary>
/// <param name="Python">Its interpreter: the real <c>sys.executable</c> (in a venv: the one of the venv). Empty where only files
/// are served.</param>
/// <param name="Variables">Of its processes alone, over <see cref="SupervisorPlan.Environment"/>; null removes one.</param>
public sealed record ApplicationPlan(string Python, IReadOnlyDictionary<string, string?> Variables);
