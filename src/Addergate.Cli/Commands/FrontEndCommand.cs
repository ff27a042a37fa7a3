using Addergate.AspNetCore.FrontEnd;
using Addergate.Dashboard;

namespace Addergate.Cli.Commands;

/// <summary><c>addergate _frontend</c>: the front end role, started by the supervisor and by nobody else.</summary>
internal static class FrontEndCommand
{
    internal static Task<int> RunAsync() =>
        FrontEndRole.RunAsync(static source => new TelemetryPage(source).InvokeAsync);
}
