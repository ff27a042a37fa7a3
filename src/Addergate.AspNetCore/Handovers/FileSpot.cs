using Addergate.AspNetCore.Files;

namespace Addergate.AspNetCore.Handovers;

/// <summary>A place that a handed-over path may mean.</summary>
/// <param name="Root">The directory.</param>
/// <param name="Below">The rest of the path, not looked at yet; begins with a slash, or is empty.</param>
internal readonly record struct FileSpot(FileRoot Root, string Below);
