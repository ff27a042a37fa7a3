using static Addergate.Supervisor.Table.ChildActions;
using static Addergate.Supervisor.Table.ChildState;

namespace Addergate.Supervisor.Table;

/// <summary>
/// The life of a child, whole: what each event does in each state. Front end and workers live by the same table; what
/// an action means for either is the fleet's affair.
/// </summary>
internal static class ChildTable
{
    private static readonly ChildTransition[][] Cells =
    [
        // Starting. A bootstrap deep in an import hears no message; but a worker's slots may have connected, and serve,
        // before its READY is read here.
        [
            new(Ready, Announce),          // Ready
            new(Stopping, Blame),          // Failed: it ends by itself
            new(Draining, Drain),          // Retire
            new(Starting, None),           // Idle
            new(Stopping, Blame | Kill),   // Overdue
            new(Stopping, Kill),           // Stop
            new(Stopping, Kill),           // Kill
            new(Gone, Blame | Forget),     // Ended
        ],

        // Ready.
        [
            new(Ready, None),              // Ready
            new(Ready, None),              // Failed: it will end, and that is what counts
            new(Draining, Drain),          // Retire
            new(Ready, None),              // Idle
            new(Ready, None),              // Overdue: no clock runs here
            new(Stopping, ChildActions.Stop), // Stop
            new(Stopping, Kill),           // Kill
            new(Gone, Replace | Forget),   // Ended
        ],

        // Draining.
        [
            new(Draining, None),           // Ready
            new(Draining, None),           // Failed
            new(Draining, None),           // Retire
            new(Stopping, ChildActions.Stop), // Idle
            new(Stopping, ChildActions.Stop), // Overdue: what still runs gets the time that exit handlers get
            new(Stopping, ChildActions.Stop), // Stop
            new(Stopping, Kill),           // Kill
            new(Gone, Forget),             // Ended
        ],

        // Stopping.
        [
            new(Stopping, None),           // Ready
            new(Stopping, None),           // Failed
            new(Stopping, None),           // Retire
            new(Stopping, None),           // Idle
            new(Stopping, Kill),           // Overdue
            new(Stopping, None),           // Stop
            new(Stopping, Kill),           // Kill
            new(Gone, Forget),             // Ended
        ],

        // Gone. Messages that were still under way change nothing.
        [
            new(Gone, None),               // Ready
            new(Gone, None),               // Failed
            new(Gone, None),               // Retire
            new(Gone, None),               // Idle
            new(Gone, None),               // Overdue
            new(Gone, None),               // Stop
            new(Gone, None),               // Kill
            new(Gone, None),               // Ended
        ],
    ];

    public static ChildTransition Next(ChildState state, ChildEvent happened) => Cells[(int)state][(int)happened];
}
