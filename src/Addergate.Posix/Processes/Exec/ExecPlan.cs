using System.Collections;
using System.Globalization;
using Addergate.Posix.Identity;

namespace Addergate.Posix.Processes.Exec;

/// <summary>
/// What <c>_exec</c> is to do, and the command line that says it. One class writes and reads it, so the two cannot
/// drift apart.
/// </summary>
public sealed record ExecPlan
{
    /// <summary>Program, an absolute path, and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The uid to become, or null to stay.</summary>
    public uint? UserId { get; init; }

    /// <summary>The gid to become; null: the number of the uid.</summary>
    public uint? GroupId { get; init; }

    /// <summary>Whose supplementary groups to take (initgroups); null: none.</summary>
    public string? UserName { get; init; }

    /// <summary>Supplementary groups in the place of those; null: as <see cref="UserName"/> says.</summary>
    public IReadOnlyList<uint>? SupplementaryGroups { get; init; }

    /// <summary>Whether no process of the same user may look into the program from its first moment on
    /// (<see cref="NewIdentity.IsGuarded"/>). It has to call <see cref="ProcessSecrecy.Enter"/>.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>Whether the program may change its root directory, once it is another user
    /// (<see cref="NewIdentity.MayChangeRoot"/>).</summary>
    public bool MayChangeRoot { get; init; }

    /// <summary>Current directory, entered as the new user; null to stay.</summary>
    public string? Directory { get; init; }

    /// <summary>Whether to lead a process group of its own.</summary>
    public bool NewProcessGroup { get; init; }

    /// <summary>Resource limits.</summary>
    public IReadOnlyList<ResourceLimit> Limits { get; init; } = [];

    /// <summary>Nice value, -20 to 19; 0 = as it is.</summary>
    public int CpuPriority { get; init; }

    /// <summary>How much sooner than this process the kernel's OOM killer takes the program, in thousandths of the memory
    /// that there is; 0 = as it is.</summary>
    public int OomScoreRise { get; init; }

    /// <summary>umask, or null to keep it.</summary>
    public uint? FileMask { get; init; }

    /// <summary>Whether set-uid programs gain nothing from here on.</summary>
    public bool NoNewPrivileges { get; init; }

    /// <summary>The supervisor's pid: end when it ends, and at once if it is no longer the parent.</summary>
    public int? ParentProcess { get; init; }

    /// <summary>Descriptors from this number on do not reach the program.</summary>
    public int? CloseFrom { get; init; }

    /// <summary>Variables of this process that the program must not see.</summary>
    public IReadOnlyList<string> RemovedVariables { get; init; } = [];

    /// <summary>The environment of this process as <c>NAME=value</c>, without <see cref="RemovedVariables"/>.</summary>
    internal IReadOnlyList<string> Environment =>
        [.. from DictionaryEntry variable in System.Environment.GetEnvironmentVariables()
            where !RemovedVariables.Contains((string)variable.Key)
            select $"{variable.Key}={variable.Value}"];

    /// <summary>The command line from <c>_exec</c> on.</summary>
    public IReadOnlyList<string> ToArguments()
    {
        var line = new List<string> { "_exec" };
        Add("--user", UserId);
        Add("--group", GroupId);
        Add("--user-name", UserName);
        Add("--groups", SupplementaryGroups is null ? null : string.Join(',', SupplementaryGroups));
        Add("--directory", Directory);
        Add("--umask", FileMask is { } mask ? Convert.ToString(mask, 8) : null);
        Add("--cpu-priority", CpuPriority != 0 ? CpuPriority : null);
        Add("--oom-score-rise", OomScoreRise != 0 ? OomScoreRise : null);
        Add("--parent", ParentProcess);
        Add("--close-from", CloseFrom);
        if (NewProcessGroup)
        {
            line.Add("--process-group");
        }

        if (NoNewPrivileges)
        {
            line.Add("--no-new-privileges");
        }

        if (IsGuarded)
        {
            line.Add("--guarded");
        }

        if (MayChangeRoot)
        {
            line.Add("--may-change-root");
        }

        foreach (var limit in Limits)
        {
            Add("--limit", limit);
        }

        foreach (var name in RemovedVariables)
        {
            Add("--unset", name);
        }

        return [.. line, "--", .. Command];

        void Add(string option, object? value)
        {
            if (value is not null)
            {
                line.Add(option);
                line.Add(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            }
        }
    }

    /// <summary>Reads what follows <c>_exec</c>; null with the mistake.</summary>
    public static ExecPlan? Parse(ReadOnlySpan<string> arguments, out string mistake)
    {
        var plan = new ExecPlan { Command = [] };
        var limits = new List<ResourceLimit>();
        var removed = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var option = arguments[i];
            if (option == "--")
            {
                mistake = "_exec: there is no program after --";
                return i + 1 < arguments.Length
                    ? plan with { Command = [.. arguments[(i + 1)..]], Limits = limits, RemovedVariables = removed }
                    : null;
            }

            if (option is "--process-group" or "--no-new-privileges" or "--guarded" or "--may-change-root")
            {
                plan = option switch
                {
                    "--process-group" => plan with { NewProcessGroup = true },
                    "--guarded" => plan with { IsGuarded = true },
                    "--may-change-root" => plan with { MayChangeRoot = true },
                    _ => plan with { NoNewPrivileges = true },
                };
                continue;
            }

            var value = i + 1 < arguments.Length ? arguments[++i] : null;
            if (value is null || Apply(plan, option, value, limits, removed) is not { } next)
            {
                mistake = $"_exec: {option} {value} makes no sense";
                return null;
            }

            plan = next;
        }

        mistake = "_exec: -- and a program are missing";
        return null;
    }

    private static ExecPlan? Apply(
        ExecPlan plan, string option, string value, List<ResourceLimit> limits, List<string> removed)
    {
        var number = uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? parsed
            : (uint?)null;
        switch (option)
        {
            case "--user" when number is not null:
                return plan with { UserId = number };
            case "--group" when number is not null:
                return plan with { GroupId = number };
            case "--user-name":
                return plan with { UserName = value };
            case "--groups" when TryParseGroups(value) is { } groups:
                return plan with { SupplementaryGroups = groups };
            case "--directory":
                return plan with { Directory = value };
            case "--cpu-priority" when int.TryParse(
                value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority):
                return plan with { CpuPriority = priority };
            case "--oom-score-rise" when number <= 1000:
                return plan with { OomScoreRise = (int)number };
            case "--parent" when number <= int.MaxValue:
                return plan with { ParentProcess = (int)number };
            case "--close-from" when number <= int.MaxValue:
                return plan with { CloseFrom = (int)number };
            case "--umask" when TryParseOctal(value, out var mask):
                return plan with { FileMask = mask };
            case "--limit" when ResourceLimit.TryParse(value, out var limit):
                limits.Add(limit);
                return plan;
            case "--unset":
                removed.Add(value);
                return plan;
            default:
                return null;
        }
    }

    private static uint[]? TryParseGroups(string text)
    {
        var groups = new List<uint>();
        foreach (var item in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!uint.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var group))
            {
                return null;
            }

            groups.Add(group);
        }

        return [.. groups];
    }

    private static bool TryParseOctal(string text, out uint value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < '0' or > '7' || value > 0x1FF)
            {
                return false;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return text.Length > 0 && value <= 0x1FF;
    }
}
