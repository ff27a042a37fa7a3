using Addergate.Cli.Commands;
using Addergate.Cli.Terminals;
using Addergate.Wire.Administration;

namespace Addergate.Cli.Administration;

/// <summary>What the commands for a running server have in common: options, help, the conversation, the exit status.
/// </summary>
internal static class AdminCommandLine
{
    /// <summary>Reads the options, and runs the command unless help is asked for or something is wrong.</summary>
    /// <param name="usage">The command's help.</param>
    /// <param name="arguments">What follows the command's name.</param>
    /// <param name="flags">The command's own flags.</param>
    /// <param name="words">How many words it takes.</param>
    /// <param name="run">Gives the exit status.</param>
    internal static int Run(AdminUsage usage, string[] arguments, string[] flags, int words, Func<ServerChoice, int> run)
    {
        var choice = ServerChoice.Read(arguments, flags, out var reason);
        if (choice?.HelpAsked == true)
        {
            StandardStream.Output.Write(usage.Write(StandardStream.Output.Style));
            return ExitStatus.Success;
        }

        if (choice is not null && choice.Words.Count == words)
        {
            return run(choice);
        }

        reason = choice is null
            ? reason
            : choice.Words.Count > words
                ? $"{choice.Words[words]} is not expected here"
                : $"{usage.Synopsis} lacks its argument";
        Complain($"{reason}; see addergate {usage.Name} --help");
        return ExitStatus.Usage;
    }

    /// <summary>Has a request carried out by the one server that is meant.</summary>
    /// <param name="choice">Which server.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="done">What to say when it is done.</param>
    /// <param name="endsServer">Whether it is done when the server closes the connection.</param>
    internal static int Ask(
        ServerChoice choice, AdminRequest request, Func<AdminReply, string> done, bool endsServer = false)
    {
        var server = ServerFinder.FindOne(choice, out var reason);
        using var client = server is null ? null : AdminClient.Connect(server.ServerRoot, out reason);
        if (client is null)
        {
            Complain(reason);
            return ExitStatus.Failure;
        }

        client.Send(request);
        var last = new AdminReply(AdminOutcome.Failed, "the server ended");
        while (client.Receive() is { } reply)
        {
            if (reply.Outcome == AdminOutcome.Progress && StandardStream.Error.IsTerminal)
            {
                StandardStream.Error.Write(
                    StandardStream.Error.Style.Faint(TerminalText.Clean(reply.Text) + " ...") + "\n");
            }

            last = reply;
        }

        if (last.Outcome == AdminOutcome.Done || (endsServer && last.Outcome == AdminOutcome.Progress))
        {
            StandardStream.Output.Write(TerminalText.Clean(done(last)) + "\n");
            return ExitStatus.Success;
        }

        Complain(TerminalText.Clean(last.Outcome == AdminOutcome.Failed ? last.Text : "the server ended meanwhile"));
        return ExitStatus.Failure;
    }

    internal static void Complain(string text) => StandardStream.Error.Write(
        $"{StandardStream.Error.Style.Error("addergate:")} {text.TrimEnd('\n')}\n");
}
