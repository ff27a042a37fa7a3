using Addergate.Settings.Declarations;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>The proxies in front.</summary>
internal static class ProxyResolver
{
    internal static ProxySettings Resolve(SettingValues values, List<string> warnings)
    {
        var trusted = values.Each(ProxyDeclarations.Trusted);
        var headers = values.Each(ProxyDeclarations.Header);
        if (values.Written(ProxyDeclarations.Trusted) is null
            && values.Written(ProxyDeclarations.Header) is { } header)
        {
            values.Wrong(
                $"{header.Origin} is given, but no proxy that is trusted with it: anybody could write that header",
                $"add {ProxyDeclarations.Trusted.Option} with the proxy's address, such as 127.0.0.1 or 10.0.0.0/8");
        }

        var protocol = values.Get(ProxyDeclarations.Protocol);
        if (protocol && values.Written(ProxyDeclarations.Trusted) is null)
        {
            values.Wrong(
                $"{values.Written(ProxyDeclarations.Protocol)!.Origin} is given, but no proxy that is trusted with it",
                $"add {ProxyDeclarations.Trusted.Option} with the proxy's address, such as 127.0.0.1 or 10.0.0.0/8");
        }

        foreach (var (network, written) in trusted)
        {
            if (network.EndsWith("/0", StringComparison.Ordinal))
            {
                warnings.Add($"{written.Origin} {network} trusts everybody: any client can say that it is another");
            }
        }

        return new ProxySettings
        {
            Trusted = [.. trusted.Select(static network => network.Value).Distinct()],
            Headers = [.. headers.Select(static header => header.Value.Name)],
            Protocol = protocol,
        };
    }
}
