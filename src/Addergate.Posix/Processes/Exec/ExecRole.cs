using System.Runtime.InteropServices;
using System.Text;
using Addergate.Posix.Files;
using Addergate.Posix.Identity;
using Addergate.Posix.Memory;

namespace Addergate.Posix.Processes.Exec;

/// <summary>
/// <c>addergate _exec [options] -- PROGRAM ARGS</c>: gives up privileges, sets limits, and becomes the program in the
/// same process. It runs as root before any byte that the target user owns does, so every step is verified, and a step
/// that fails ends it with one line on stderr and a status of its own.
/// </summary>
public static class ExecRole
{
    /// <summary>The options make no sense.</summary>
    public const int BadUsage = 125;

    /// <summary>An identity could not be taken, or could be given back.</summary>
    public const int IdentityFailed = 124;

    /// <summary>A directory, limit or process attribute could not be set.</summary>
    public const int PreparationFailed = 123;

    /// <summary>The program exists and cannot be run; as shells say it.</summary>
    public const int CannotRun = 126;

    /// <summary>There is no such program; as shells say it.</summary>
    public const int NotFound = 127;

    /// <summary>The supervisor had already ended.</summary>
    public const int ParentGone = 122;

    /// <summary>What its own lines on stderr begin with.</summary>
    public const string MessagePrefix = "addergate: ";

    private const int MessageDescriptor = 2;

    /// <summary>Returns only when it failed.</summary>
    /// <param name="arguments">What follows <c>_exec</c>.</param>
    public static int Run(string[] arguments)
    {
        var plan = ExecPlan.Parse(arguments, out var mistake);
        if (plan is null)
        {
            return Fail(BadUsage, mistake);
        }

        // As whoever made them.
        DebuggerFiles.Remove();

        // The order matters: a better priority, the OOM score (whose file is root's after setuid) and groups while still root, the user last of the three; limits before anything is loaded;
        // the parent-death signal after setuid, which clears it, and only then the look at who the parent is.
        if (plan.CpuPriority != 0 && Native.SetPriority(0, 0, plan.CpuPriority) != 0)
        {
            return Fail(PreparationFailed, $"cannot set the CPU priority {plan.CpuPriority}: {LastError()}");
        }

        if (plan.OomScoreRise > 0)
        {
            OomScore.Raise(plan.OomScoreRise);
        }

        if (plan.UserId is { } user)
        {
            var identity = new NewIdentity(user, plan.GroupId ?? user)
            {
                UserName = plan.UserName,
                SupplementaryGroups = plan.SupplementaryGroups,
                // Root's own processes need no guard, and have none against root's others.
                IsGuarded = plan.IsGuarded && user != 0,
                MayChangeRoot = plan.MayChangeRoot && user != 0,
            };
            if (IdentityChange.Apply(identity) is { } refusal)
            {
                return Fail(IdentityFailed, refusal);
            }
        }

        return Prepare(plan) is { } problem ? problem : Become(plan);
    }

    private static int? Prepare(ExecPlan plan)
    {
        if (plan.Directory is { } directory && Native.ChangeDirectory(directory) != 0)
        {
            return Fail(PreparationFailed, $"cannot enter {directory}: {LastError()}");
        }

        if (plan.NewProcessGroup && Native.SetProcessGroup(0, 0) != 0)
        {
            return Fail(PreparationFailed, $"cannot lead a process group: {LastError()}");
        }

        foreach (var limit in plan.Limits)
        {
            if (!ResourceLimits.TrySet(limit))
            {
                return Fail(PreparationFailed, $"cannot set limit {limit}: {LastError()}");
            }
        }

        if (plan.FileMask is { } mask)
        {
            _ = Native.SetFileMask(mask);
        }

        if (plan.NoNewPrivileges && !ProcessControl.ForbidNewPrivileges())
        {
            return Fail(PreparationFailed, $"cannot forbid new privileges: {LastError()}");
        }

        if (plan.ParentProcess is { } parent)
        {
            if (!ProcessControl.SetParentDeathSignal(Signal.Kill))
            {
                return Fail(PreparationFailed, $"cannot tie its life to the supervisor's: {LastError()}");
            }

            // It may have ended before the signal was asked for.
            if (ParentProcess.Id != parent)
            {
                return Fail(ParentGone, "the supervisor has ended");
            }
        }

        return null;
    }

    private static unsafe int Become(ExecPlan plan)
    {
        if (plan.CloseFrom is { } lowest)
        {
            // Kernels before 5.11 cannot; everything that this program opens is close-on-exec anyhow.
            _ = Descriptor.CloseOnExecFrom(lowest);
        }

        // The .NET runtime of this very process ignores it, and exec would pass that on.
        Native.SetSignalAction((int)Signal.BrokenPipe, 0);
        using var argv = new NativeStrings(plan.Command);
        using var envp = new NativeStrings(plan.Environment);
        _ = Native.Execute(plan.Command[0], argv.Pointer, envp.Pointer);
        var error = Marshal.GetLastPInvokeError();
        return Fail(error == Errno.NoEntry ? NotFound : CannotRun, $"cannot run {plan.Command[0]}: {LastError()}");
    }

    private static string LastError() => Marshal.GetLastPInvokeErrorMessage();

    private static unsafe int Fail(int status, string message)
    {
        // Not System.Console: its start alone would cost as much as everything else here.
        var bytes = Encoding.UTF8.GetBytes($"{MessagePrefix}{message}\n");
        fixed (byte* text = bytes)
        {
            _ = Native.Write(MessageDescriptor, text, (nuint)bytes.Length);
        }

        return status;
    }
}
