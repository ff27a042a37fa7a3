namespace Addergate.AspNetCore.Files;

/// <summary>A line of a directory's list.</summary>
internal readonly record struct DirectoryEntry(string Name, bool IsDirectory, long Length, DateTimeOffset Modified);
