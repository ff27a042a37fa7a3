namespace Addergate.Supervisor.Table;

/// <summary>A cell of the table.</summary>
/// <param name="Next">The state afterwards. Entering a state starts its clock.</param>
/// <param name="Actions">What is to be done.</param>
internal readonly record struct ChildTransition(ChildState Next, ChildActions Actions);
