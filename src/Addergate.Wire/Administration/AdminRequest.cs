using System.Text.Json;
using System.Text.Json.Serialization;

namespace Addergate.Wire.Administration;

/// <summary>What is asked of a running server.</summary>
/// <param name="Command">What to do.</param>
/// <param name="ProcessId">The worker, for <see cref="AdminCommand.Evict"/>.</param>
/// <param name="Now">Whether not to wait for what runs, for <see cref="AdminCommand.Stop"/>.</param>
public sealed record AdminRequest(
    [property: JsonRequired] AdminCommand Command,
    [property: JsonPropertyName("pid")] int ProcessId = 0,
    bool Now = false)
{
    public string ToLine() => JsonSerializer.Serialize(this, AdminJson.Compact.AdminRequest);

    /// <summary>Null when it is no request.</summary>
    public static AdminRequest? FromLine(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AdminJson.Compact.AdminRequest) is { } request
                && Enum.IsDefined(request.Command)
                    ? request
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
