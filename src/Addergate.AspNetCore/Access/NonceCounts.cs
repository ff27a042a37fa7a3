using System.Runtime.InteropServices;

namespace Addergate.AspNetCore.Access;

/// <summary>
/// Which counts (<c>nc</c>) have been used with which nonce, so that a recorded request is good once (RFC 7616 3.3). Only who
/// knows a password gets into the table. It is bounded: when it is full, the nonces of its older half are over, and their
/// browsers answer a new one without asking their users. Thread-safe.
/// </summary>
internal sealed class NonceCounts
{
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<DigestNonce, CountWindow> _windows = [];
    private long _isOverUntil = long.MinValue;

    /// <summary>Uses a count; false when it has been used, or may have been.</summary>
    public bool TryUse(DigestNonce nonce, uint count)
    {
        lock (_lock)
        {
            if (_windows.Count >= Most && !_windows.ContainsKey(nonce))
            {
                ForgetHalf();
            }

            return nonce.At > _isOverUntil
                && CollectionsMarshal.GetValueRefOrAddDefault(_windows, nonce, out _).TryUse(count);
        }
    }

    private void ForgetHalf()
    {
        _isOverUntil = _windows.Keys.Select(static nonce => nonce.At).Order().ElementAt(Most / 2);
        foreach (var nonce in _windows.Keys.Where(nonce => nonce.At <= _isOverUntil).ToList())
        {
            _windows.Remove(nonce);
        }
    }
}
