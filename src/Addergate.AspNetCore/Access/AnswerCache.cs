using System.Collections.Concurrent;

namespace Addergate.AspNetCore.Access;

/// <summary>Remembers answers of one kind for a while. Thread-safe.</summary>
/// <param name="keep">How long; zero for not at all.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerCache<T>(TimeSpan keep, TimeProvider time)
    where T : class
{
    // Somebody who tries many users or URLs must not fill the memory; asking again is always right.
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (T Answer, long At)> _answers = new(StringComparer.Ordinal);

    /// <summary>Null when it is not known, or has been known for too long.</summary>
    /// <param name="key">An <see cref="AnswerKey"/>.</param>
    public T? Find(string key) => _answers.TryGetValue(key, out var found) && IsFresh(found.At) ? found.Answer : null;

    public void Keep(string key, T answer)
    {
        if (keep == TimeSpan.Zero)
        {
            return;
        }

        if (_answers.Count >= Most)
        {
            MakeRoom();
        }

        _answers[key] = (answer, time.GetTimestamp());
    }

    private void MakeRoom()
    {
        foreach (var (key, (_, at)) in _answers)
        {
            if (!IsFresh(at))
            {
                _answers.TryRemove(key, out _);
            }
        }

        if (_answers.Count >= Most)
        {
            _answers.Clear();
        }
    }

    private bool IsFresh(long at) => time.GetElapsedTime(at) < keep;
}
