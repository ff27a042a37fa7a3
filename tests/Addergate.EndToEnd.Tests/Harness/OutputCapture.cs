using System.Text;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>The lines of one output stream, as they come. Safe from any thread.</summary>
internal sealed class OutputCapture
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly Task _reading;

    public OutputCapture(StreamReader stream) => _reading = Task.Run(() => ReadAsync(stream));

    /// <summary>All that has come.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>Ends when every process that holds the stream has closed it.</summary>
    public bool WaitForEnd() => _reading.Wait(Until.Deadline);

    private async Task ReadAsync(StreamReader stream)
    {
        var block = new char[8192];
        int count;
        while ((count = await stream.ReadAsync(block)) > 0)
        {
            lock (_lock)
            {
                _text.Append(block, 0, count);
            }
        }
    }
}
