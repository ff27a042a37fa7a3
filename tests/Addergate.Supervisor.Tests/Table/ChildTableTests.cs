using Addergate.Supervisor.Table;
using static Addergate.Supervisor.Table.ChildActions;
using static Addergate.Supervisor.Table.ChildState;

namespace Addergate.Supervisor.Tests.Table;

/// <summary>The whole table, said a second time: a change of a cell has to be meant twice.</summary>
public sealed class ChildTableTests
{
    // One row for each event; one column for each state: Starting, Ready, Draining, Stopping, Gone.
    private static readonly Dictionary<ChildEvent, (ChildState Next, ChildActions Actions)[]> Expected = new()
    {
        [ChildEvent.Ready] = [(Ready, Announce), (Ready, None), (Draining, None), (Stopping, None), (Gone, None)],
        [ChildEvent.Failed] = [(Stopping, Blame), (Ready, None), (Draining, None), (Stopping, None), (Gone, None)],
        [ChildEvent.Retire] = [(Draining, Drain), (Draining, Drain), (Draining, None), (Stopping, None), (Gone, None)],
        [ChildEvent.Idle] =
            [(Starting, None), (Ready, None), (Stopping, ChildActions.Stop), (Stopping, None), (Gone, None)],
        [ChildEvent.Overdue] =
            [(Stopping, Blame | Kill), (Ready, None), (Stopping, ChildActions.Stop), (Stopping, Kill), (Gone, None)],
        [ChildEvent.Stop] =
        [
            (Stopping, Kill), (Stopping, ChildActions.Stop), (Stopping, ChildActions.Stop), (Stopping, None),
            (Gone, None),
        ],
        [ChildEvent.Kill] = [(Stopping, Kill), (Stopping, Kill), (Stopping, Kill), (Stopping, Kill), (Gone, None)],
        [ChildEvent.Ended] =
            [(Gone, Blame | Forget), (Gone, Replace | Forget), (Gone, Forget), (Gone, Forget), (Gone, None)],
    };

    public static TheoryData<string, string> Cells()
    {
        var cells = new TheoryData<string, string>();
        foreach (var state in Enum.GetNames<ChildState>())
        {
            foreach (var happened in Enum.GetNames<ChildEvent>())
            {
                cells.Add(state, happened);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell_is_as_written_here(string state, string happened)
    {
        var (next, actions) = Expected[Enum.Parse<ChildEvent>(happened)][(int)Enum.Parse<ChildState>(state)];
        Assert.Equal(
            new ChildTransition(next, actions),
            ChildTable.Next(Enum.Parse<ChildState>(state), Enum.Parse<ChildEvent>(happened)));
    }

    [Fact]
    public void Nothing_leads_back()
    {
        foreach (var state in Enum.GetValues<ChildState>())
        {
            foreach (var happened in Enum.GetValues<ChildEvent>())
            {
                Assert.True(ChildTable.Next(state, happened).Next >= state, $"{state} on {happened}");
            }
        }
    }
}
