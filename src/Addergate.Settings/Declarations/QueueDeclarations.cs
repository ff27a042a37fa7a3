using Addergate.Settings.Model;
using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>The queue of requests that wait for a slot.</summary>
public static class QueueDeclarations
{
    public static Setting<int> Limit { get; } = new()
    {
        Name = "queue-limit",
        Group = SettingGroup.Workers,
        Kind = NumberKind.Between(1, 1_000_000),
        DefaultDescription = "100 + 10 for each request thread",
        Provenance = "Addergate's own; mod_wsgi-express has --daemon-backlog, where more fail after 15 s",
        Help = "Requests that may wait for a free thread; more get 503 with Retry-After at once",
    };

    public static Setting<QueuePolicy> Policy { get; } = new()
    {
        Name = "queue-policy",
        Group = SettingGroup.Workers,
        Kind = ChoiceKind.Of<QueuePolicy>(
            "POLICY", [new("fifo", QueuePolicy.Fifo), new("adaptive", QueuePolicy.Adaptive)]),
        Default = QueuePolicy.Adaptive,
        Provenance = "Addergate's own; docs/design/0007-overload.md has the measurement",
        Help = "Which waiting request is next: always the oldest, or (adaptive) the newest while somebody has waited for "
            + "half a second, so that those who are served still wait for their answer",
    };
}
