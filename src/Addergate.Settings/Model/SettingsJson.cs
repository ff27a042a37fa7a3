using System.Text.Json.Serialization;

namespace Addergate.Settings.Model;

/// <summary>Serializers made at build time: the published program is trimmed.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ServerSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;
