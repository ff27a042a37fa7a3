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
internal sealed partial class UserFile(string path, ILogger log)
{
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

            if (!_hashes.TryGetValue(user, out hash))
            {
                return PasswordVerdict.UnknownUser;
            }

            if (_known.Contains((user, proof)))
            {
                return PasswordVerdict.Right;
            }

            known = _known;
        }

        switch (PasswordHash.Check(password, hash))
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
