using System.Text;
using Addergate.Posix.Files;
using Addergate.Posix.Processes;

namespace Addergate.Supervisor.Tests.Processes;

/// <summary>A program that ran to its end, and what it printed.</summary>
internal sealed record Spawned(ExitStatus Status, string Output, string Error)
{
    public static Spawned Run(params string[] arguments) => Run(arguments, new Dictionary<int, int>());

    public static Spawned Run(string[] arguments, IReadOnlyDictionary<int, int> descriptors)
    {
        var output = PipePair.Create();
        var error = PipePair.Create();
        var result = ChildProcess.Spawn(new SpawnRequest
        {
            Program = arguments[0],
            Arguments = arguments,
            Environment = ["PATH=/usr/bin:/bin", "SEEN=yes", "HIDDEN=yes"],
            Descriptors = new Dictionary<int, int>(descriptors)
            {
                [1] = (int)output.Writer.DangerousGetHandle(),
                [2] = (int)error.Writer.DangerousGetHandle(),
            },
        });
        Assert.True(result.Succeeded, result.ErrorText);
        output.Writer.Dispose();
        error.Writer.Dispose();
        var texts = (ReadToEnd(output), ReadToEnd(error));
        return new Spawned(Reaper.Wait(result.ProcessId)!.Value, texts.Item1, texts.Item2);
    }

    /// <summary>Runs a shell command through <c>_exec</c>, which this test program plays.</summary>
    public static Spawned Exec(string[] options, string command) =>
        Run([Environment.ProcessPath!, "_exec", .. options, "--", "/bin/sh", "-c", command]);

    private static string ReadToEnd(PipePair pipe)
    {
        var text = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            Poll.Wait([new PollEntry((int)pipe.Reader.DangerousGetHandle())], -1);
            var count = RawFile.Read(pipe.Reader, buffer);
            if (count == 0)
            {
                pipe.Reader.Dispose();
                return Encoding.UTF8.GetString(text.ToArray());
            }

            text.Write(buffer, 0, Math.Max(count, 0));
        }
    }
}
