namespace Addergate.AspNetCore.Bodies;

/// <summary>How long a client may keep the server waiting for a request's body, beside the rate that the web server
/// enforces. Zero is off.</summary>
/// <param name="Total">All waiting together.</param>
/// <param name="Silence">Waiting for the next byte.</param>
internal readonly record struct BodyPatience(TimeSpan Total, TimeSpan Silence)
{
    public bool IsLimited => Total > TimeSpan.Zero || Silence > TimeSpan.Zero;

    /// <summary>How long the next wait may be.</summary>
    /// <param name="waited">What the others took together.</param>
    public TimeSpan Next(TimeSpan waited)
    {
        var left = Total - waited > TimeSpan.Zero ? Total - waited : TimeSpan.Zero;
        return Total == TimeSpan.Zero ? Silence
            : Silence == TimeSpan.Zero || left < Silence ? left
            : Silence;
    }
}
