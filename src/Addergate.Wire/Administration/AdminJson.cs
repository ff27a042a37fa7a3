using System.Text.Json;
using System.Text.Json.Serialization;

namespace Addergate.Wire.Administration;

/// <summary>The JSON of commands, replies and snapshots: snake_case, without nulls, whole by itself (no reflection).
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AdminRequest))]
[JsonSerializable(typeof(AdminReply))]
[JsonSerializable(typeof(ServerSnapshot))]
[JsonSerializable(typeof(ServerSnapshot[]))]
public sealed partial class AdminJson : JsonSerializerContext
{
    /// <summary>One line each.</summary>
    public static AdminJson Compact => Default;

    /// <summary>For people and files.</summary>
    public static AdminJson Indented => new(new JsonSerializerOptions(Default.Options!) { WriteIndented = true });
}
