namespace Addergate.AspNetCore.Access;

/// <summary>The counts that were used with one nonce: the highest, and which of those just below it. A browser sends several
/// requests at once, and they come in any order; one that comes after so many others is taken for a repetition.</summary>
internal struct CountWindow
{
    // As many requests as HTTP/2 clients have in flight, and some.
    private const int Size = 128;

    private uint _highest;

    // Bit n stands for the highest less n.
    private UInt128 _used;

    /// <param name="count">From 1.</param>
    public bool TryUse(uint count)
    {
        if (count > _highest)
        {
            var ahead = count - _highest;
            _used = (ahead < Size ? _used << (int)ahead : UInt128.Zero) | UInt128.One;
            _highest = count;
            return true;
        }

        var behind = _highest - count;
        var bit = behind < Size ? UInt128.One << (int)behind : UInt128.Zero;
        var isNew = bit != UInt128.Zero && (_used & bit) == UInt128.Zero;
        _used |= bit;
        return isNew;
    }
}
