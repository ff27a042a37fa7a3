namespace Addergate.Wire.Claims;

/// <summary>
/// One slot's line in its worker's claim page: 64 bytes of memory shared by front end and worker, so that it is
/// always known whether Python has seen a request (DESIGN: "started means claimed").
/// <para>
/// Word 0 holds request number × 4 + state. The front end moves idle/claimed(n-1) to sent(n) before it sends;
/// the worker moves sent(n) to claimed(n) when it has the GIL; the front end moves sent(n) to cancelled(n) to
/// send it elsewhere. Both moves from sent are compare-and-swap, so exactly one wins.
/// Word 1 holds the number of the request whose client has gone.
/// </para>
/// The front end must take what it reads as untrusted: the worker can write anything here. Methods are safe from any
/// thread of either process while the page is mapped.
/// </summary>
public readonly unsafe struct ClaimLine
{
    /// <summary>Bytes per slot: a cache line, so that slots do not share one.</summary>
    public const int Size = 64;

    private readonly ulong* _words;

    /// <param name="pageStart">The page's first byte.</param>
    /// <param name="slot">The slot's index.</param>
    public ClaimLine(void* pageStart, int slot) => _words = (ulong*)((byte*)pageStart + ((long)slot * Size));

    /// <summary>Bytes to map for a number of slots.</summary>
    public static long PageSize(int slots) => (long)slots * Size;

    /// <summary>Worker, before HELLO: forgets what an earlier connection left.</summary>
    public void Reset()
    {
        Volatile.Write(ref _words[1], 0);
        Volatile.Write(ref _words[0], 0);
    }

    /// <summary>Front end, before the request's bytes are sent.</summary>
    public void MarkSent(ulong number) => Volatile.Write(ref _words[0], Word(number, ClaimState.Sent));

    /// <summary>Worker, with the GIL held: true when the request is now the worker's, false when it was cancelled and
    /// must be dropped.</summary>
    public bool TryClaim(ulong number) =>
        Interlocked.CompareExchange(
            ref _words[0], Word(number, ClaimState.Claimed), Word(number, ClaimState.Sent))
            == Word(number, ClaimState.Sent);

    /// <summary>Front end: true when the worker had not claimed the request and now never will.</summary>
    public bool TryCancel(ulong number) =>
        Interlocked.CompareExchange(
            ref _words[0], Word(number, ClaimState.Cancelled), Word(number, ClaimState.Sent))
            == Word(number, ClaimState.Sent);

    /// <summary>Front end: whether the word says that the request is claimed.</summary>
    public bool IsClaimed(ulong number) => Volatile.Read(ref _words[0]) == Word(number, ClaimState.Claimed);

    /// <summary>Front end: the client of this request has gone; the worker learns it at its next write or read.</summary>
    public void MarkClientGone(ulong number) => Volatile.Write(ref _words[1], number);

    /// <summary>Worker: whether the client of this request has gone.</summary>
    public bool IsClientGone(ulong number) => Volatile.Read(ref _words[1]) == number;

    private static ulong Word(ulong number, ClaimState state) => (number << 2) | (ulong)state;
}
