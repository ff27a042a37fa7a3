using Microsoft.Extensions.Options;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>The applications of the server, in the order in which they were added; the supervisor knows them by their place.
/// </summary>
internal sealed class WsgiApplications : IDisposable
{
    public WsgiApplications(
        IEnumerable<WsgiRegistration> registrations, IOptionsMonitor<WsgiOptions> options, SharedServices shared) =>
        All = [.. registrations.Select(registered =>
            new WsgiApplication(registered.Name, options.Get(registered.Name), shared))];

    public IReadOnlyList<WsgiApplication> All { get; }

    /// <summary>The application that was added by this name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public WsgiApplication Find(string name) =>
        All.FirstOrDefault(application => application.Name == name)
        ?? throw new InvalidOperationException($"No application was added by the name \"{name}\": call AddWsgi with it.");

    public void Dispose()
    {
        foreach (var application in All)
        {
            application.Dispose();
        }
    }
}
