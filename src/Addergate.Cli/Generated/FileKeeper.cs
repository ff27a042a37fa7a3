namespace Addergate.Cli.Generated;

/// <summary>
/// Writes files so that it can be done again: what is right already is not touched, and what somebody has changed is kept,
/// with the new text beside it.
/// </summary>
internal static class FileKeeper
{
    /// <param name="files">In directories that are there.</param>
    /// <param name="recordPath">Where it is remembered what was written.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="IOException">One cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be written.</exception>
    internal static IReadOnlyList<(GeneratedFile File, FileOutcome Outcome)> Write(
        IReadOnlyList<GeneratedFile> files, string recordPath)
    {
        var record = WrittenRecord.Read(recordPath);
        var outcomes = files.Select(file => (file, Write(file, record))).ToArray();
        record.Save();
        return outcomes;
    }

    private static FileOutcome Write(GeneratedFile file, WrittenRecord record)
    {
        var before = record.Find(file.Path);
        var wanted = WrittenRecord.HashOf(file.Text);
        var present = File.Exists(file.Path) ? WrittenRecord.HashOf(File.ReadAllBytes(file.Path)) : null;
        record.Note(file.Path, wanted);
        if (present == wanted)
        {
            return FileOutcome.Unchanged;
        }

        if (present is not null && present != before)
        {
            if (before == wanted)
            {
                return FileOutcome.Kept;
            }

            AtomicFile.Write(file.Beside, file.Text, file.Mode);
            return FileOutcome.WrittenBeside;
        }

        AtomicFile.Write(file.Path, file.Text, file.Mode);
        return present is null ? FileOutcome.Written : FileOutcome.Updated;
    }
}
