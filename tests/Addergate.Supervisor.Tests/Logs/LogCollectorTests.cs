using System.Runtime.InteropServices;
using Addergate.Posix.Files;
using Addergate.Supervisor.Logs;

namespace Addergate.Supervisor.Tests.Logs;

public sealed class LogCollectorTests
{
    [Fact]
    public async Task Catching_up_waits_for_all_that_was_written_before()
    {
        var collector = new LogCollector();
        using var pipe = PipePair.Create();
        var source = new Counter(pipe.Reader);
        collector.Add(source);
        for (var round = 1; round <= 200; round++)
        {
            RawFile.Write(pipe.Writer, new byte[3000]);
            await collector.CatchUpAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            Assert.Equal(round * 3000, Volatile.Read(ref source.Count));
        }

        collector.Close();
    }

    private sealed class Counter(SafeHandle handle) : ILogSource
    {
        public int Count;

        public SafeHandle Handle => handle;

        public bool HasPartial => false;

        public void OnBytes(ReadOnlySpan<byte> bytes) => Interlocked.Add(ref Count, bytes.Length);

        public void OnQuiet()
        {
        }
    }
}
