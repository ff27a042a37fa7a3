using System.Runtime.InteropServices;
using Addergate.Posix.Files;

namespace Addergate.Posix.Processes;

/// <summary>
/// Starts programs without System.Diagnostics.Process, which installs signal handlers, knows no descriptors or process
/// groups, and reaps by itself. Whoever spawns must also reap: <see cref="Reaper"/>.
/// </summary>
public static unsafe class ChildProcess
{
    // Above any descriptor that a child is given by number, so that one dup2 never overwrites the source of the next.
    private const int LowestSource = 256;

    /// <summary>
    /// Starts a program with default signal dispositions and an empty signal mask. A parent-death signal that the child
    /// asks for is tied to the calling thread: spawn such children from one that lives as long as the process.
    /// </summary>
    public static SpawnResult Spawn(SpawnRequest request)
    {
        var copies = new List<(int Copy, int Target)>(request.Descriptors.Count);
        try
        {
            foreach (var (target, source) in request.Descriptors)
            {
                var copy = Descriptor.DuplicateFrom(source, LowestSource);
                if (copy < 0)
                {
                    return new SpawnResult(0, Marshal.GetLastPInvokeError());
                }

                copies.Add((copy, target));
            }

            return Spawn(request, copies);
        }
        finally
        {
            foreach (var (copy, _) in copies)
            {
                Descriptor.Close(copy);
            }
        }
    }

    private static SpawnResult Spawn(SpawnRequest request, List<(int Copy, int Target)> descriptors)
    {
        var attributes = stackalloc byte[PosixSpawn.ObjectSize];
        var actions = stackalloc byte[PosixSpawn.ObjectSize];
        var signals = stackalloc byte[PosixSpawn.ObjectSize];
        using var argv = new NativeStrings(request.Arguments);
        using var envp = new NativeStrings(request.Environment);
        var error = PosixSpawn.InitAttributes(attributes);
        if (error != 0)
        {
            return new SpawnResult(0, error);
        }

        error = PosixSpawn.InitFileActions(actions);
        if (error != 0)
        {
            PosixSpawn.DestroyAttributes(attributes);
            return new SpawnResult(0, error);
        }

        try
        {
            var flags = PosixSpawn.SetSignalDefault | PosixSpawn.SetSignalMask;
            if (request.NewProcessGroup)
            {
                flags |= PosixSpawn.SetProcessGroup;
                PosixSpawn.SetGroup(attributes, 0);
            }

            PosixSpawn.FillSignalSet(signals);
            PosixSpawn.SetDefaultSignals(attributes, signals);
            PosixSpawn.EmptySignalSet(signals);
            PosixSpawn.SetBlockedSignals(attributes, signals);
            PosixSpawn.SetFlags(attributes, (short)flags);
            foreach (var (copy, target) in descriptors)
            {
                // ENOMEM, or a target beyond the limit: without its descriptors the child must not run.
                error = PosixSpawn.AddDuplicate(actions, copy, target);
                if (error != 0)
                {
                    return new SpawnResult(0, error);
                }
            }

            error = PosixSpawn.Spawn(out var pid, request.Program, actions, attributes, argv.Pointer, envp.Pointer);
            return new SpawnResult(error == 0 ? pid : 0, error);
        }
        finally
        {
            PosixSpawn.DestroyFileActions(actions);
            PosixSpawn.DestroyAttributes(attributes);
        }
    }
}
