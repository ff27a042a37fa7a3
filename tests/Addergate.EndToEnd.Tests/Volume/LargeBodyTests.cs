using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Volume;

/// <summary>One gibibyte each way, made and hashed as it goes. No role may hold it: what each costs is read before,
/// during and after.</summary>
[Trait("Runs", "once")]
public sealed class LargeBodyTests(ITestOutputHelper output)
{
    private const int BlockSize = 65536;
    private const int Blocks = 16384;

    // What a role may grow by: its buffers, one response's 8 MiB and one body's 128 KiB among them, and what the garbage
    // collector lets lie. An eighth of what passes through.
    private const long AllowedGrowthKiB = 128 * 1024;

    [Theory]
    [InlineData("on", false)]
    [InlineData("on", true)]
    [InlineData("off", false)]
    [InlineData("off", true)]
    public void An_upload_passes_through_in_bounded_memory(string buffering, bool chunked)
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--limit-request-body", "0", "--request-buffering", buffering));
        var memory = new MemoryWatch(server);
        using var conversation = new Conversation(server.Port);
        conversation.Send("POST /upload HTTP/1.1\r\nHost: test\r\n" + (chunked
            ? "Transfer-Encoding: chunked\r\n\r\n"
            : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {(long)BlockSize * Blocks}\r\n\r\n")));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[BlockSize];
        for (var number = 0; number < Blocks; number++)
        {
            Fill(block, number);
            hash.AppendData(block);
            if (chunked)
            {
                conversation.Send("10000\r\n").Send(block).Send("\r\n");
            }
            else
            {
                conversation.Send(block);
            }

            if (number % 2048 == 2047)
            {
                memory.Look();
            }
        }

        if (chunked)
        {
            conversation.Send("0\r\n\r\n");
        }

        var reply = conversation.Receive();
        Assert.Equal(200, reply.Status);
        Assert.Equal($"{Convert.ToHexStringLower(hash.GetHashAndReset())} {(long)BlockSize * Blocks}", reply.Text);
        Report($"upload, buffering {buffering}, {(chunked ? "chunked" : "sized")}", memory);
        // Spool files have no name.
        Assert.DoesNotContain(
            Directory.EnumerateFiles(server.Root, "*", SearchOption.AllDirectories),
            static file => new FileInfo(file).Length > 1_000_000);
    }

    [Fact]
    public void A_download_passes_through_in_bounded_memory()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance());
        var memory = new MemoryWatch(server);
        using var conversation = new Conversation(server.Port);
        conversation.Send($"GET /download?blocks={Blocks} HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.Equal(200, conversation.Receive(toHead: true).Status);
        var expected = new byte[BlockSize];
        for (var number = 0; number < Blocks; number++)
        {
            Fill(expected, number);
            Assert.True(expected.AsSpan().SequenceEqual(conversation.ReceiveBytes(BlockSize)), $"block {number} differs");
            if (number % 2048 == 2047)
            {
                memory.Look();
            }
        }

        Report("download", memory);
    }

    private void Report(string what, MemoryWatch memory)
    {
        memory.Look();
        foreach (var line in memory.Lines())
        {
            output.WriteLine($"1 GiB {what}: {line}");
        }

        Assert.True(memory.LargestGrowthKiB <= AllowedGrowthKiB, string.Join('\n', memory.Lines()));
    }

    private static void Fill(byte[] block, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(block, number);
        for (var filled = 8; filled < block.Length; filled *= 2)
        {
            block.AsSpan(0, filled).CopyTo(block.AsSpan(filled));
        }
    }
}
