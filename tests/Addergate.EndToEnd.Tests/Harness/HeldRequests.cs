using System.Globalization;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>Requests that stay inside the application (behaviours/held.py) until they are let go.</summary>
internal sealed class HeldRequests(ServerProcess server) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<(Conversation Conversation, string Fifo)> _held = [];
    private readonly List<FileStream> _openings = [];

    public void Add()
    {
        var fifo = Path.Combine(_directory.Path, $"fifo{_held.Count}");
        Tool.Succeed("mkfifo", "-m", "666", fifo);
        var marks = Directory.CreateDirectory(Path.Combine(_directory.Path, "marks"));
        File.SetUnixFileMode(marks.FullName, (UnixFileMode)0b111_111_111);
        var conversation = new Conversation(server.Port);
        _held.Add((conversation, fifo));
        conversation.Send(
            $"GET /held?directory={marks.FullName}&fifo={fifo} HTTP/1.1\r\nHost: test\r\n\r\n");
    }

    /// <summary>Waits until the requests run in this many workers, and gives their process ids.</summary>
    public List<int> WaitForWorkers(int count)
    {
        var marks = Path.Combine(_directory.Path, "marks");
        Until.True(
            () => Directory.GetFiles(marks).Length >= count, $"requests in {count} workers", () => server.Logs);
        return
        [
            .. Directory.GetFiles(marks)
                .Select(static file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture)).Order(),
        ];
    }

    public void LetGo()
    {
        foreach (var (_, fifo) in _held.Skip(_openings.Count))
        {
            // Read and write: opening does not wait for a reader that may be dead; kept open until the end for one
            // that has not come yet.
            var stream = new FileStream(fifo, FileMode.Open, FileAccess.ReadWrite);
            _openings.Add(stream);
            stream.WriteByte(0);
            stream.Flush();
        }
    }

    /// <summary>What the clients saw: a status, with the body where it was 200.</summary>
    public List<string> Outcomes()
    {
        var outcomes = new List<string>();
        foreach (var (conversation, _) in _held)
        {
            try
            {
                var reply = conversation.Receive();
                outcomes.Add(reply.Status == 200 ? $"200 {reply.Text}" : $"{reply.Status}");
            }
            catch (EndOfStreamException)
            {
                outcomes.Add("no answer");
            }
        }

        outcomes.Sort(StringComparer.Ordinal);
        return outcomes;
    }

    public void Dispose()
    {
        LetGo();
        _held.ForEach(static held => held.Conversation.Dispose());
        _openings.ForEach(static stream => stream.Dispose());
        _directory.Dispose();
    }
}
