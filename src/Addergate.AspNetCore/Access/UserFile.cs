using System.Security.Cryptography;
using System.Text;
using Addergate.Posix.Identity;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Access;

/// <summary>
/// Users and passwords as htpasswd makes them, a line each: <c>name:hash</c>. Read again when the file changes. Hashing takes
/// its time on purpose, so it is done on the pool, and what was right once is remembered while the file stays as it is.
/// Thread-safe.
/// </summary>
/// <param name="path">Of the file.</param>
/// <param name="hidesNames">Whether a user that is not in it is to take as long as one that is, so that nobody can tell.</param>
/// <param name="log">For what is wrong with the file.</param>
internal sealed partial class UserFile(string path, bool hidesNames, ILogger log)
{
    // As crypt(3) has it; a longer one is nobody's password, and would only take long.
    private const int LongestPassword = 511;

    // Those who try passwords must leave threads of the pool for others, and nobody waits for ever.
    private const int MostWaiting = 64;

    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;
    private readonly Lock _lock = new();
    private Dictionary<string, string> _hashes = [];
    private HashSet<(string User, string Proof)> _known = [];
    private (DateTime Written, long Size) _stamp;
    private bool _hasTold;

    public async ValueTask<PasswordVerdict> CheckAsync(string user, string password)
    {
        // Everything from here on may block.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        // Memory that is written out some day must not have the password in it.
        var proof = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
        string? hash;
        HashSet<(string, string)> known;
        lock (_lock)
        {
            if (!Refresh())
            {
                return PasswordVerdict.Unreadable;
            }

            if (!_hashes.TryGetValue(user, out hash) && !(hidesNames && _hashes.Count > 0))
            {
                return PasswordVerdict.UnknownUser;
            }

            if (_known.Contains((user, proof)))
            {
                return PasswordVerdict.Right;
            }

            known = _known;
        }

        if (Encoding.UTF8.GetByteCount(password) > LongestPassword)
        {
            return PasswordVerdict.Wrong;
        }

        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return PasswordVerdict.TooMany;
        }

        await _hashing.WaitAsync().ConfigureAwait(false);
        bool? isRight;
        try
        {
            isRight = PasswordHash.Check(password, hash ?? AnyHash());
        }
        finally
        {
            _hashing.Release();
            Interlocked.Decrement(ref _waiting);
        }

        if (hash is null)
        {
            return PasswordVerdict.UnknownUser;
        }

        switch (isRight)
        {
            case true:
                lock (_lock)
                {
                    known.Add((user, proof));
                }

                return PasswordVerdict.Right;
            case false:
                return PasswordVerdict.Wrong;
            default:
                UnknownHash(log, user, path);
                return PasswordVerdict.Wrong;
        }
    }

    private string AnyHash()
    {
        lock (_lock)
        {
            return _hashes.Values.FirstOrDefault("*");
        }
    }

    private bool Refresh()
    {
        try
        {
            var file = new FileInfo(path);
            var stamp = (file.LastWriteTimeUtc, file.Length);
            if (stamp != _stamp)
            {
                _hashes = Read();
                _known = [];
                _stamp = stamp;
            }

            _hasTold = false;
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!_hasTold)
            {
                _hasTold = true;
                CannotRead(log, path, failure.Message);
            }

            return false;
        }
    }

    private Dictionary<string, string> Read()
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path))
        {
            var colon = line.IndexOf(':');
            if (colon > 0 && line[0] != '#')
            {
                // As in Apache: what follows another colon is a comment, and the first line of a user counts.
                hashes.TryAdd(line[..colon], line[(colon + 1)..].Split(':')[0].TrimEnd());
            }
        }

        return hashes;
    }

    [LoggerMessage(1200, LogLevel.Error, "The passwords in {Path} cannot be read, and nobody is let in: {Problem}")]
    private static partial void CannotRead(ILogger logger, string path, string problem);

    [LoggerMessage(1201, LogLevel.Warning, "The password of {User} in {Path} is hashed in a way that is not known here.")]
    private static partial void UnknownHash(ILogger logger, string user, string path);
}
