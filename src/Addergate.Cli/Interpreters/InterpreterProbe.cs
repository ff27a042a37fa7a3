using System.Diagnostics;
using System.Text;
using Addergate.Posix.Files;
using Addergate.Posix.Processes;
using Addergate.Posix.Processes.Exec;
using Addergate.Settings.Model;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Cli.Interpreters;

/// <summary>
/// Runs an interpreter once to ask it what it is. It runs in isolated mode and without <c>site</c>, and never as root when
/// the application is to run as somebody else: the file may be that user's.
/// </summary>
internal static class InterpreterProbe
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;
    private const int MostOutput = 64 * 1024;

    /// <summary>A version manager's shim on a slow disk takes a second or two.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Blocks until the interpreter has answered. Must not run beside anything that reaps children.</summary>
    /// <param name="program">This program, for <c>_exec</c>.</param>
    /// <param name="path">The interpreter.</param>
    /// <param name="identity">Who the application runs as.</param>
    /// <param name="variables">The environment.</param>
    internal static InterpreterAnswer Ask(
        string program, string path, IdentitySettings identity, IReadOnlyDictionary<string, string> variables)
    {
        string[] command = [path, "-I", "-S", "-c", ProbeScript.Text];
        IReadOnlyList<string> arguments = command;
        if (identity.UserId is { } user)
        {
            var plan = new ExecPlan
            {
                Command = command,
                UserId = user,
                GroupId = identity.GroupId,
                UserName = identity.UserName,
                NoNewPrivileges = true,
            };
            arguments = [program, .. plan.ToArguments()];
        }

        var environment = new List<string>(variables.Count);
        foreach (var (name, value) in variables)
        {
            environment.Add($"{name}={value}");
        }

        using var nothing = File.OpenHandle("/dev/null");
        using var pipe = PipePair.Create();
        var spawned = ChildProcess.Spawn(new SpawnRequest
        {
            Program = arguments[0],
            Arguments = arguments,
            Environment = environment,
            Descriptors = new Dictionary<int, int>
            {
                [StandardInput] = (int)nothing.DangerousGetHandle(),
                [StandardOutput] = (int)pipe.Writer.DangerousGetHandle(),
                [StandardError] = (int)pipe.Writer.DangerousGetHandle(),
            },
        });
        pipe.Writer.Dispose();
        if (!spawned.Succeeded)
        {
            return InterpreterAnswer.Wrong(
                $"{path} cannot be run: {spawned.ErrorText}", "name a Python for this machine with --python");
        }

        var output = ReadAll(pipe.Reader);

        // Whatever it is, nothing of it stays behind.
        SignalSender.ToGroup(spawned.ProcessId, Signal.Kill);
        Reaper.Wait(spawned.ProcessId);
        if (output is null)
        {
            return InterpreterAnswer.Wrong(
                $"{path} did not say within {Patience.TotalSeconds:0} s which Python it is",
                "name another one with --python");
        }

        return output.StartsWith(ExecRole.MessagePrefix, StringComparison.Ordinal)
            ? InterpreterAnswer.Wrong(
                $"{path} cannot be run as {identity.UserName}: {output.Split(": ")[^1].Trim()}",
                "that user needs to reach and execute it, or name another one with --python")
            : InterpreterJudge.Judge(path, output);
    }

    /// <summary>Everything up to the end of the output; null when that does not come in time.</summary>
    private static string? ReadAll(SafeFileHandle reader)
    {
        var started = Stopwatch.GetTimestamp();
        var buffer = new byte[MostOutput];
        var length = 0;
        while (length < buffer.Length)
        {
            var left = Patience - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            // Nothing is there yet after a wait that a signal cut short.
            Poll.Wait([new PollEntry((int)reader.DangerousGetHandle())], (int)Math.Ceiling(left.TotalMilliseconds));
            var count = RawFile.Read(reader, buffer.AsSpan(length));
            if (count == 0)
            {
                break;
            }

            length += Math.Max(count, 0);
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
