namespace Addergate.Settings.Model;

/// <summary>What a proxy can tell of the request that it passes on: the categories of mod_wsgi's
/// <c>WSGITrustedProxyHeaders</c>.</summary>
[Flags]
public enum ForwardedFacts
{
    None = 0,
    ClientAddress = 1,
    Host = 2,
    ServerName = 4,
    Port = 8,
    MountPoint = 16,
    Scheme = 32,
}
