namespace Addergate.Supervisor;

/// <summary>An address that is served.</summary>
/// <param name="Url">For people: with localhost for all of the machine's addresses, and without the usual port.</param>
/// <param name="IsSecure">Whether it speaks TLS.</param>
/// <param name="IsPassed">Whether the settings have nothing to do with it: the server was started with the socket.</param>
public sealed record ServedUrl(string Url, bool IsSecure, bool IsPassed);
