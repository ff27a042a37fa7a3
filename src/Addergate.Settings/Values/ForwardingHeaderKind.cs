using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;

namespace Addergate.Settings.Values;

/// <summary>The name of a header that proxies set.</summary>
internal static class ForwardingHeaderKind
{
    private static readonly string Known = string.Join(", ", ForwardingHeader.All.Select(static header => header.Name));

    internal static ValueKind<ForwardingHeader> Instance { get; } = new(
        "HEADER", "one of " + Known, Parse, static header => header.Name);

    private static Parsed<ForwardingHeader> Parse(string text) =>
        ForwardingHeader.Find(text) is { } header
            ? header
            : Parsed<ForwardingHeader>.Wrong(
                NearestName.Find(text, ForwardingHeader.All.Select(static header => header.Name)) is { } nearest
                    ? $"is not a header that proxies set; did you mean {nearest}?"
                    : $"is not one of {Known}");
}
