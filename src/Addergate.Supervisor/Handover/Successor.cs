using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Addergate.Posix.Processes;
using Addergate.Posix.Sockets;
using Addergate.Supervisor.Endpoints;

namespace Addergate.Supervisor.Handover;

/// <summary>The server that is to replace this one, seen from the old one: a process of the program as it is on disk now,
/// with the same command line and the ports. See <see cref="Predecessor"/> for what they say to each other.</summary>
internal sealed class Successor : IDisposable
{
    private const int Conversation = 3;

    private readonly Socket _socket;

    private Successor(Socket socket, int processId)
    {
        _socket = socket;
        ProcessId = processId;
    }

    public int ProcessId { get; }

    /// <summary>Whether its number may be another process's by now.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>A process that is no child of the fleet's is about to be reaped. On the loop.</summary>
    public void OnEnded(int processId) => HasEnded |= processId == ProcessId;

    /// <summary>Has it end, if it has not. On the loop.</summary>
    public void Terminate()
    {
        if (!HasEnded)
        {
            SignalSender.ToProcess(ProcessId, Signal.Terminate);
        }
    }

    /// <summary>Starts it; null with the reason for people.</summary>
    public static Successor? Start(SupervisorPlan plan, Ports ports, string openFiles, out string reason)
    {
        var program = ProgramPath.Find(plan);
        try
        {
            using var pair = SocketPair.CreateStream();
            var descriptors = new Dictionary<int, int> { [Conversation] = (int)pair.Theirs.DangerousGetHandle() };
            var names = new List<string>();
            foreach (var port in ports.Sockets)
            {
                var number = Conversation + 1 + names.Count;
                descriptors[number] = (int)port.Socket.Handle;
                names.Add($"{port.Name}={number}");
            }

            var result = ChildProcess.Spawn(new SpawnRequest
            {
                Program = program,
                Arguments = [program, .. plan.Arguments],
                Environment = HandoverVariables.For(
                    plan,
                    (HandoverVariables.Sockets, string.Join(' ', names)),
                    (HandoverVariables.Predecessor, Conversation.ToString(CultureInfo.InvariantCulture)),
                    (HandoverVariables.OpenFiles, openFiles)),
                Descriptors = descriptors,
            });
            if (!result.Succeeded)
            {
                reason = $"cannot start {program}: {result.ErrorText}";
                return null;
            }

            reason = "";
            var ours = new SafeSocketHandle(pair.Ours.DangerousGetHandle(), ownsHandle: true);
            pair.Ours.SetHandleAsInvalid();
            return new Successor(new Socket(ours), result.ProcessId);
        }
        catch (Win32Exception error)
        {
            reason = $"cannot start {program}: {error.Message}";
            return null;
        }
    }

    /// <summary>Waits until it serves.</summary>
    /// <returns>Null, or why it does not.</returns>
    public async Task<string?> WhenReadyAsync()
    {
        // The new server may say more on standard error, which both have.
        const string Silent = "the new server ended before it could serve; see what it wrote to standard error";
        using var reader = new StreamReader(new NetworkStream(_socket), Encoding.UTF8, false, -1, leaveOpen: true);
        try
        {
            var line = await reader.ReadLineAsync().ConfigureAwait(false);
            return line == Predecessor.Ready
                ? null
                : line?.StartsWith(Predecessor.Failed, StringComparison.Ordinal) == true
                    ? JsonDocument.Parse(line[Predecessor.Failed.Length..]).RootElement.GetString()
                    : Silent;
        }
        catch (Exception broken) when (broken is IOException or JsonException or ObjectDisposedException)
        {
            return Silent;
        }
    }

    /// <summary>Leaves everything to it.</summary>
    public void LetTakeOver()
    {
        try
        {
            _socket.Send(Encoding.UTF8.GetBytes(Predecessor.Yours + "\n"));
        }
        catch (SocketException)
        {
            // It died in this moment. Nobody serves then, and whoever watches this process starts it again.
        }
    }

    public void Dispose() => _socket.Dispose();
}
