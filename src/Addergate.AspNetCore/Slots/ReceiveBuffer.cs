namespace Addergate.AspNetCore.Slots;

/// <summary>What a slot's worker has sent and nobody has taken yet. Used by the slot's reader only.</summary>
internal sealed class ReceiveBuffer
{
    private const int Capacity = 64 * 1024;

    // Pinned: the kernel writes into it with every receive.
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(Capacity, pinned: true);
    private int _start;
    private int _end;

    /// <summary>What has arrived and was not consumed.</summary>
    public ReadOnlySpan<byte> Available => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Room
    {
        get
        {
            if (_start == _end)
            {
                _start = _end = 0;
            }
            else if (_end == _bytes.Length && _start > 0)
            {
                Available.CopyTo(_bytes);
                _end -= _start;
                _start = 0;
            }
            else if (_end == _bytes.Length)
            {
                // A response head that is larger than the buffer: the frame's reader bounds how often.
                var larger = GC.AllocateUninitializedArray<byte>(_bytes.Length * 2, pinned: true);
                Available.CopyTo(larger);
                _bytes = larger;
            }

            return _bytes.AsMemory(_end);
        }
    }

    public void Commit(int count) => _end += count;

    public void Consume(int count)
    {
        _start += count;
        if (_start == _end && _bytes.Length > Capacity)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(Capacity, pinned: true);
            _start = _end = 0;
        }
    }
}
