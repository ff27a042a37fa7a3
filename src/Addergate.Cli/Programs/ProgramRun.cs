using System.Diagnostics;
using System.Text;
using Addergate.Posix.Files;
using Addergate.Posix.Memory;
using Addergate.Posix.Processes;
using Addergate.Posix.Processes.Exec;
using Addergate.Settings.Model;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Cli.Programs;

/// <summary>
/// One run of a program to its end, before anything is served. It never runs as root when the application is to run as somebody
/// else: the file may be that user's.
/// </summary>
internal static class ProgramRun
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>More than any answer to a configuration file of the largest size that is read.</summary>
    private const int MostOutput = 16 * 1024 * 1024;

    /// <summary>Blocks until the program has ended. Must not run beside anything that reaps children.</summary>
    /// <param name="program">This program, for <c>_exec</c>.</param>
    /// <param name="command">An absolute path, and arguments.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="identity">Who to run it as.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="patience">How long it may take.</param>
    internal static ProgramOutput Run(
        string program,
        IReadOnlyList<string> command,
        ReadOnlySpan<byte> input,
        IdentitySettings identity,
        IReadOnlyDictionary<string, string> variables,
        TimeSpan patience)
    {
        var arguments = command;
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

        using var given = input.IsEmpty ? File.OpenHandle("/dev/null") : InMemory(input);
        using var pipe = PipePair.Create();
        var spawned = ChildProcess.Spawn(new SpawnRequest
        {
            Program = arguments[0],
            Arguments = arguments,
            Environment = environment,
            Descriptors = new Dictionary<int, int>
            {
                [StandardInput] = (int)given.DangerousGetHandle(),
                [StandardOutput] = (int)pipe.Writer.DangerousGetHandle(),
                [StandardError] = (int)pipe.Writer.DangerousGetHandle(),
            },
        });
        pipe.Writer.Dispose();
        if (!spawned.Succeeded)
        {
            return new ProgramOutput(null, spawned.ErrorText);
        }

        var output = ReadAll(pipe.Reader, patience);

        // Whatever it is, nothing of it stays behind.
        SignalSender.ToGroup(spawned.ProcessId, Signal.Kill);
        Reaper.Wait(spawned.ProcessId);
        return output is not null && output.StartsWith(ExecRole.MessagePrefix, StringComparison.Ordinal)
            ? new ProgramOutput(null, output.Split(": ")[^1].Trim(), AsSomebodyElse: true)
            : new ProgramOutput(output, null);
    }

    /// <summary>A file that the program can read to its end, whoever it runs as.</summary>
    private static SafeFileHandle InMemory(ReadOnlySpan<byte> content)
    {
        var file = new SafeFileHandle(SealedMemoryFile.Create("addergate-configuration", content.Length), ownsHandle: true);
        RandomAccess.Write(file, content, 0);
        return file;
    }

    /// <summary>Everything up to the end of the output; null when that does not come in time.</summary>
    private static string? ReadAll(SafeFileHandle reader, TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        using var output = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (output.Length < MostOutput)
        {
            var left = patience - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            // Nothing is there yet after a wait that a signal cut short.
            Poll.Wait([new PollEntry((int)reader.DangerousGetHandle())], (int)Math.Ceiling(left.TotalMilliseconds));
            var count = RawFile.Read(reader, buffer);
            if (count == 0)
            {
                break;
            }

            output.Write(buffer, 0, Math.Max(count, 0));
        }

        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }
}
