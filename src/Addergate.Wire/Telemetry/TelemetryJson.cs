using System.Text.Json;
using System.Text.Json.Serialization;

namespace Addergate.Wire.Telemetry;

/// <summary>The JSON of the page: snake_case, nulls included in lists alone.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TelemetryState))]
public sealed partial class TelemetryJson : JsonSerializerContext
{
    public static byte[] Write(TelemetryState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, Default.TelemetryState);
}
