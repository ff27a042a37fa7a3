using System.Text.Json;

namespace Addergate.Wire.Administration;

/// <summary>One line of a server's answer. The last one is done or failed, unless the server itself ends: a stop is done
/// when the connection is closed.</summary>
/// <param name="Outcome">How it went, or that it goes on.</param>
/// <param name="Text">For people; may have many lines.</param>
/// <param name="Server">The answer to <see cref="AdminCommand.Status"/>.</param>
public sealed record AdminReply(AdminOutcome Outcome, string Text, ServerSnapshot? Server = null)
{
    public string ToLine() => JsonSerializer.Serialize(this, AdminJson.Compact.AdminReply);

    /// <summary>Null when it is no reply.</summary>
    public static AdminReply? FromLine(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AdminJson.Compact.AdminReply);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
