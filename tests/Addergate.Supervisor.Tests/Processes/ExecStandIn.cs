using System.Runtime.CompilerServices;
using Addergate.Posix.Processes.Exec;

namespace Addergate.Supervisor.Tests.Processes;

/// <summary>Lets this test program play <c>addergate _exec</c>, so that the role is tried in a process of its own
/// without a published program.</summary>
internal static class ExecStandIn
{
    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetCommandLineArgs() is [_, "_exec", .. var rest])
        {
            Environment.Exit(ExecRole.Run(rest));
        }
    }
}
