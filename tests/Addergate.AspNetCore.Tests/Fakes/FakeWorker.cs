using System.Net.Sockets;
using Addergate.Posix.Files;
using Addergate.Posix.Identity;
using Addergate.Posix.Memory;
using Addergate.Posix.Sockets;
using Addergate.Wire.Claims;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Tests.Fakes;

/// <summary>A worker without Python, in the test's own process: real sockets and a real claim page.</summary>
internal sealed class FakeWorker : IDisposable
{
    private readonly string _socketPath;
    private readonly int _page;
    private readonly List<FakeSlot> _slots = [];
    private bool _isDead;

    public FakeWorker(
        string socketPath, uint number, int slots, uint generation = 1, ulong maximumRequests = 0)
    {
        _socketPath = socketPath;
        Admission = new AdmitMessage(
            number, 0, generation, Environment.ProcessId, CurrentIdentity.EffectiveUser, (ushort)slots, number * 0x1234567u, ~number,
            maximumRequests);
        _page = SealedMemoryFile.Create("claims", ClaimLine.PageSize(slots));
    }

    public AdmitMessage Admission { get; }

    public FakeSlot this[int slot] => _slots[slot];

    /// <summary>Connects the next slot.</summary>
    public FakeSlot Connect()
    {
        var hello = HelloOf(_slots.Count);
        var slot = new FakeSlot(ConnectRaw(hello, _page), Line(hello.Slot));
        _slots.Add(slot);
        return slot;
    }

    public Hello HelloOf(int slot) => new(
        Admission.Worker, Admission.Generation, (ushort)slot, Admission.Slots, Admission.NonceHigh, Admission.NonceLow);

    /// <summary>Connects and says something as HELLO.</summary>
    public unsafe Socket ConnectRaw(Hello hello, int? page)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(_socketPath));
        var buffer = new FrameBuffer();
        hello.WriteTo(buffer);
        fixed (byte* bytes = buffer.WrittenSpan)
        {
            var descriptor = (int)socket.Handle;
            Assert.True(page is { } file
                ? StreamSend.SendWithDescriptor(descriptor, bytes, buffer.Length, file)
                : StreamSend.SendAll(descriptor, bytes, buffer.Length));
        }

        return socket;
    }

    /// <summary>Dies: every connection closes.</summary>
    public void Dispose()
    {
        if (_isDead)
        {
            return;
        }

        _isDead = true;
        _slots.ForEach(static slot => slot.Dispose());
        RawDescriptor.Close(_page);
    }

    private unsafe ClaimLine Line(int slot) =>
        new(SharedMemory.Map(_page, ClaimLine.PageSize(Admission.Slots)), slot);
}
