namespace Addergate.Settings.Model;

/// <summary>Formats of the access log.</summary>
public enum AccessLogFormat
{
    /// <summary>Apache's <c>common</c>.</summary>
    Common,

    /// <summary>Apache's <c>combined</c>.</summary>
    Combined,

    /// <summary>One JSON object a line.</summary>
    Json,
}
