using System.Text.Json.Serialization;

namespace Addergate.Wire.Administration;

/// <summary>What a reply means for the command.</summary>
public enum AdminOutcome
{
    /// <summary>It is under way.</summary>
    [JsonStringEnumMemberName("progress")]
    Progress,

    [JsonStringEnumMemberName("done")]
    Done,

    [JsonStringEnumMemberName("failed")]
    Failed,
}
