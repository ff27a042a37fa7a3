namespace Addergate.Supervisor.Fleets;

internal enum ChildRole
{
    FrontEnd,
    Worker,
}
