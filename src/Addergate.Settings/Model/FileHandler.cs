namespace Addergate.Settings.Model;

/// <summary>A Python script that answers for files below the document root.</summary>
/// <param name="Extension">Of those files, in any case, with its dot.</param>
/// <param name="Script">Absolute.</param>
public sealed record FileHandler(string Extension, string Script);
