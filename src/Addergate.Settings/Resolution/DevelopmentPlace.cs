using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Where the certificate of <c>--https-dev</c> is kept, so that a browser that was told to take it finds the same
/// one after a restart, and which names it needs.</summary>
internal static class DevelopmentPlace
{
    private const string FileName = "https-dev.pem";

    // One file for both. The state directory of the XDG base directory specification, or the one that systemd gives to a service.
    internal static CertificatePair Pair(IMachine machine)
    {
        var state = Rooted("STATE_DIRECTORY")
            ?? (Rooted("XDG_STATE_HOME") is { } own ? Path.Combine(own, "addergate") : null)
            ?? (Rooted("HOME") is { } home ? Path.Combine(home, ".local/state/addergate") : null)
            ?? "/var/lib/addergate";
        var file = Path.Combine(state, FileName);
        return new CertificatePair(file, file);

        string? Rooted(string variable) =>
            machine.Variables.TryGetValue(variable, out var path) && path.Split(':')[0] is ['/', ..] first ? first : null;
    }

    internal static string[] Names(SettingValues values)
    {
        var names = new List<string> { "localhost", "127.0.0.1", "::1" };
        if (values.TryGet(ListenDeclarations.Host, out var host) && System.Net.IPAddress.TryParse(host, out _))
        {
            names.Add(host);
        }

        if (values.TryGet(NameDeclarations.ServerName, out var name))
        {
            names.Add(name);
        }

        // A certificate knows *.example.com; other patterns it does not.
        names.AddRange(values.Each(NameDeclarations.Alias)
            .Select(static alias => alias.Value)
            .Where(static alias => alias.AsSpan(alias.StartsWith("*.", StringComparison.Ordinal) ? 2 : 0).IndexOfAny("*?") < 0));
        return [.. names.Select(static name => name.Trim('[', ']').ToLowerInvariant()).Distinct()];
    }
}
