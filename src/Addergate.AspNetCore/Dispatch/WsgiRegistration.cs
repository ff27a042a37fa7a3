namespace Addergate.AspNetCore.Dispatch;

/// <summary>That an application was added.</summary>
/// <param name="Name">Of its options, too.</param>
internal sealed record WsgiRegistration(string Name);
