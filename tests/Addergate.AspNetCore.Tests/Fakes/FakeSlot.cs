using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Addergate.Wire;
using Addergate.Wire.Claims;
using Addergate.Wire.Frames;
using Addergate.Wire.Responses;

namespace Addergate.AspNetCore.Tests.Fakes;

/// <summary>One slot of a <see cref="FakeWorker"/>: the worker's side of the wire, driven by the test.</summary>
internal sealed class FakeSlot(Socket socket, ClaimLine claim) : IDisposable
{
    private readonly byte[] _buffer = new byte[WireLimits.HeaderSize + WireLimits.MaxRequestHead + WireLimits.MaxInlineBody];
    private int _length;

    public ClaimLine Claim { get; } = claim;

    /// <summary>The next frame, whole; null at the end of the stream.</summary>
    public async Task<(FrameHeader Header, byte[] Payload)?> ReceiveAsync()
    {
        while (true)
        {
            var status = FrameHeader.TryRead(_buffer.AsSpan(0, _length), out var header);
            Assert.NotEqual(OperationStatus.InvalidData, status);
            var size = WireLimits.HeaderSize + header.Length;
            if (status is OperationStatus.Done && _length >= size)
            {
                var payload = _buffer.AsSpan(WireLimits.HeaderSize, header.Length).ToArray();
                _buffer.AsSpan(size, _length - size).CopyTo(_buffer);
                _length -= size;
                return (header, payload);
            }

            var count = await socket.ReceiveAsync(_buffer.AsMemory(_length), Deadline.Token());
            if (count == 0)
            {
                return null;
            }

            _length += count;
        }
    }

    /// <summary>The next request, not claimed.</summary>
    public async Task<ReceivedRequest> ReceiveRequestAsync()
    {
        var frame = await ReceiveAsync();
        Assert.Equal(FrameKind.Request, frame?.Header.Kind);
        return ReceivedRequest.Parse(frame!.Value.Payload);
    }

    /// <summary>The next request, claimed.</summary>
    public async Task<ReceivedRequest> TakeRequestAsync()
    {
        var request = await ReceiveRequestAsync();
        Assert.True(Claim.TryClaim(request.Head.Number), "the request was cancelled");
        return request;
    }

    /// <summary>Asks for body bytes.</summary>
    public async Task<(FrameHeader Header, byte[] Payload)> ReadBodyAsync(int most)
    {
        var buffer = new FrameBuffer();
        buffer.BeginFrame(FrameKind.Read);
        buffer.WriteUInt32((uint)most);
        buffer.EndFrame();
        await SendAsync(buffer.Written);
        return (await ReceiveAsync())!.Value;
    }

    /// <summary>Sends the whole response in one frame, or its beginning.</summary>
    public Task RespondAsync(
        string body, int status = 200, bool isWhole = true, params (string Name, string Value)[] headers) =>
        SendAsync(Response(body, status, isWhole, headers));

    public static byte[] Response(
        string body, int status = 200, bool isWhole = true, params (string Name, string Value)[] headers)
    {
        var buffer = new FrameBuffer();
        var writer = ResponseHeadWriter.Begin(buffer, (ushort)status, "Fine"u8);
        foreach (var (name, value) in headers)
        {
            writer.Add(Encoding.Latin1.GetBytes(name), Encoding.Latin1.GetBytes(value));
        }

        writer.EndHead();
        buffer.WriteBytes(Encoding.Latin1.GetBytes(body));
        if (isWhole)
        {
            buffer.AddFlags(FrameFlags.End);
        }

        buffer.EndFrame();
        return buffer.Written.ToArray();
    }

    public Task SendDataAsync(ReadOnlySpan<byte> bytes, bool isLast = false)
    {
        var buffer = new FrameBuffer();
        buffer.BeginFrame(FrameKind.Data, isLast ? FrameFlags.End : FrameFlags.None);
        buffer.WriteBytes(bytes);
        buffer.EndFrame();
        return SendAsync(buffer.Written);
    }

    public Task SendDataAsync(string text, bool isLast = false) =>
        SendDataAsync(Encoding.Latin1.GetBytes(text), isLast);

    public Task SendEmptyAsync(FrameKind kind)
    {
        var buffer = new FrameBuffer();
        buffer.WriteEmptyFrame(kind);
        return SendAsync(buffer.Written);
    }

    /// <summary>Sends whatever, all of it; waits while the front end does not read.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, Deadline.Token())..];
        }
    }

    /// <summary>Whether the front end takes one more byte now.</summary>
    public bool CanSend => socket.Poll(0, SelectMode.SelectWrite);

    public void Dispose() => socket.Dispose();
}
