namespace Addergate.AspNetCore.Bodies;

/// <summary>How taking in a body ended.</summary>
/// <param name="Body">The body, or null: then see <paramref name="Status"/>.</param>
/// <param name="Status">The status to answer with; 0 when the client has gone.</param>
internal readonly record struct IntakeResult(RequestBody? Body, int Status)
{
    public static IntakeResult ClientGone => default;

    public static IntakeResult Refused(int status) => new(null, status);
}
