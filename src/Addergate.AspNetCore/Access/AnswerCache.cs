using System.Collections.Concurrent;

namespace Addergate.AspNetCore.Access;

/// <summary>Remembers answers of scripts for a while. Thread-safe.</summary>
/// <param name="keep">How long; zero for not at all.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerCache(TimeSpan keep, TimeProvider time)
{
    // Somebody who tries many users or addresses must not fill the memory; asking again is always right.
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (object Answer, long At)> _answers = new(StringComparer.Ordinal);

    /// <summary>Null when it is not known, or has been known for too long.</summary>
    public T? Find<T>(string key)
        where T : class =>
        _answers.TryGetValue(key, out var found) && time.GetElapsedTime(found.At) < keep ? (T)found.Answer : null;

    public void Keep(string key, object answer)
    {
        if (keep == TimeSpan.Zero)
        {
            return;
        }

        if (_answers.Count >= Most)
        {
            _answers.Clear();
        }

        _answers[key] = (answer, time.GetTimestamp());
    }
}
