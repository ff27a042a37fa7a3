namespace Addergate.AspNetCore.Explaining;

/// <summary>Who answers a request, or what.</summary>
/// <param name="Kind">What answers.</param>
/// <param name="Status">The status where the server itself decides it; else null.</param>
/// <param name="Target">The file, the script, the URL of the other server or of the redirection, or the application; null where
/// there is none.</param>
public sealed record UrlAnswer(UrlAnswerKind Kind, int? Status, string? Target);
