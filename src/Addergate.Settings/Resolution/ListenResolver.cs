using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Addresses, ports and HTTPS.</summary>
internal static class ListenResolver
{
    private const int DevelopmentPort = 8443;

    internal static ListenSettings Resolve(SettingValues values, IMachine machine)
    {
        var (host, reason) = HostChoice.Resolve(values, machine);
        var isUnix = host.StartsWith(ListenSettings.UnixPrefix, StringComparison.Ordinal);
        var port = values.Get(ListenDeclarations.Port);
        var mode = values.Get(ListenDeclarations.SocketMode);
        var group = values.TryGet(ListenDeclarations.SocketGroup, out var name)
            ? IdentityResolver.FindGroup(values, machine, name, values.Written(ListenDeclarations.SocketGroup)!.Origin)
            : null;
        if (!isUnix && (values.Written(ListenDeclarations.SocketMode) ?? values.Written(ListenDeclarations.SocketGroup)) is { } idle)
        {
            values.Wrong($"{idle.Origin} is given, but no Unix socket", $"add {ListenDeclarations.Host.Option} unix:/PATH");
        }

        var secure = values.TryGet(TlsDeclarations.Port, out var httpsPort);
        if (!secure && values.Get(TlsDeclarations.Development))
        {
            (secure, httpsPort) = (true, DevelopmentPort);
        }

        if (secure && httpsPort == port && port != 0)
        {
            var origin = (values.Written(TlsDeclarations.Port) ?? values.Written(TlsDeclarations.Development)!).Origin;
            values.Wrong(
                $"{origin}: port {port} is the one for HTTP already",
                $"give {TlsDeclarations.Port.Option} and {ListenDeclarations.Port.Option} different ports");
        }

        return new ListenSettings
        {
            Host = host,
            HostReason = reason,
            SocketMode = mode,
            SocketGroup = group?.Id,
            Port = isUnix ? 0 : port,
            HttpsPort = secure ? httpsPort : null,
            Tls = TlsResolver.Resolve(values, machine),
            PlainHttp2 = values.Get(ListenDeclarations.Http2),
            Backlog = values.Get(ListenDeclarations.Backlog),
            ShowsStatus = values.Get(ListenDeclarations.ServerStatus),
        };
    }
}
