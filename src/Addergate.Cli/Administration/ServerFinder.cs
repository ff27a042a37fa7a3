using Addergate.Wire.Administration;

namespace Addergate.Cli.Administration;

/// <summary>Finds the running servers that a command line means.</summary>
internal static class ServerFinder
{
    /// <summary>Every server that is meant, with what it says of itself. Empty with the reason for people.</summary>
    internal static IReadOnlyList<ServerSnapshot> FindAll(ServerChoice choice, out string reason)
    {
        // As for the server itself: the option, then the variable.
        var named = choice.ServerRoot ?? Environment.GetEnvironmentVariable("ADDERGATE_SERVER_ROOT") switch
        {
            null or "" => null,
            var root => Path.GetFullPath(root),
        };
        var roots = named is not null ? [named] : ListeningSockets.FindRoots();
        var found = new List<ServerSnapshot>();
        var refusals = new List<string>();
        foreach (var root in roots)
        {
            if (Ask(root, out var refusal) is { } server)
            {
                found.Add(server);
            }
            else
            {
                refusals.Add(refusal);
            }
        }

        if (choice.Port is { } port)
        {
            found.RemoveAll(server => server.Port != port);
        }

        reason = found.Count > 0
            ? ""
            : refusals.Count > 0
                ? string.Join('\n', refusals)
                : choice.Port is null
                    ? "no server runs here. Start one with addergate start-server."
                    : $"no server runs here on port {choice.Port}.";
        return found;
    }

    /// <summary>The one server that is meant; null with the reason for people.</summary>
    internal static ServerSnapshot? FindOne(ServerChoice choice, out string reason)
    {
        var found = FindAll(choice, out reason);
        if (found.Count > 1)
        {
            reason = "several servers run here. Say which one is meant:\n" + string.Join('\n', found.Select(server =>
                $"  --port {server.Port,-5}  {server.Application} (--server-root {server.ServerRoot})"));
            return null;
        }

        return found.FirstOrDefault();
    }

    private static ServerSnapshot? Ask(string root, out string reason)
    {
        using var client = AdminClient.Connect(root, out reason);
        if (client is null)
        {
            return null;
        }

        client.Send(new AdminRequest(AdminCommand.Status));
        var reply = client.Receive();
        reason = reply?.Text ?? $"the server in {root} closed without an answer.";
        return reply?.Server;
    }
}
