using System.Diagnostics;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>An outside program such as curl; a test that needs one that is not there is skipped and says so.</summary>
internal sealed record Tool(int Status, string Output, string Errors)
{
    public static Tool Run(string command, params string[] arguments)
    {
        Require(command);
        var info = new ProcessStartInfo(command) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit((int)Until.Deadline.TotalMilliseconds * 3))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{command} {string.Join(' ', arguments)} did not end.");
        }

        return new Tool(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Runs it and asserts that it ended well.</summary>
    public static string Succeed(string command, params string[] arguments)
    {
        var tool = Run(command, arguments);
        Assert.True(tool.Status == 0, $"{command} {string.Join(' ', arguments)}: {tool.Status}\n{tool.Output}{tool.Errors}");
        return tool.Output;
    }

    public static void Require(string command)
    {
        var path = System.Environment.GetEnvironmentVariable("PATH") ?? "";
        if (!File.Exists(command) && !path.Split(':').Any(directory => File.Exists(Path.Combine(directory, command))))
        {
            Assert.Skip($"{command} is not installed (eng/test-tools.sh says how).");
        }
    }
}
