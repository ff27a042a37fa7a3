namespace Addergate.Settings.Mistakes;

/// <summary>Finds what somebody meant to type.</summary>
public static class NearestName
{
    /// <summary>The candidate with the fewest edits, or null when even that one is too far to be meant.</summary>
    public static string? Find(string typed, IEnumerable<string> candidates)
    {
        string? best = null;
        // A third of the letters wrong is still the same word; more is another one.
        var fewest = Math.Max(1, typed.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var edits = Edits(typed, candidate);
            if (edits < fewest)
            {
                (best, fewest) = (candidate, edits);
            }
        }

        return best;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that make one text the other.</summary>
    private static int Edits(string from, string to)
    {
        var beforeLast = new int[to.Length + 1];
        var last = new int[to.Length + 1];
        var current = new int[to.Length + 1];
        for (var column = 0; column <= to.Length; column++)
        {
            last[column] = column;
        }

        for (var row = 1; row <= from.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= to.Length; column++)
            {
                var replace = last[column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1);
                current[column] = Math.Min(replace, Math.Min(last[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1])
                {
                    current[column] = Math.Min(current[column], beforeLast[column - 2] + 1);
                }
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[to.Length];
    }
}
