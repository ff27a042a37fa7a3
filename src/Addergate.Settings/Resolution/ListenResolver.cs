using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Addresses, ports and HTTPS.</summary>
internal static class ListenResolver
{
    internal static ListenSettings Resolve(SettingValues values, IMachine machine)
    {
        var (host, reason) = HostChoice.Resolve(values, machine);
        var port = values.Get(ListenDeclarations.Port);
        var secure = values.TryGet(TlsDeclarations.Port, out var httpsPort);
        if (secure && httpsPort == port && port != 0)
        {
            var origin = values.Written(TlsDeclarations.Port)!.Origin;
            values.Wrong(
                $"{origin}: port {port} is the one for HTTP already",
                $"give {TlsDeclarations.Port.Option} and {ListenDeclarations.Port.Option} different ports");
        }

        var certificate = PemFile(TlsDeclarations.CertificateFile);
        var key = PemFile(TlsDeclarations.CertificateKeyFile);
        CheckTogether();
        return new ListenSettings
        {
            Host = host,
            HostReason = reason,
            Port = port,
            HttpsPort = secure ? httpsPort : null,
            CertificateFile = certificate,
            CertificateKeyFile = key,
            PlainHttp2 = values.Get(ListenDeclarations.Http2),
            Backlog = values.Get(ListenDeclarations.Backlog),
        };

        string? PemFile(Setting<string> setting)
        {
            if (!values.TryGet(setting, out var written))
            {
                return null;
            }

            var path = Paths.Absolute(machine, written);
            var problem = machine.KindOf(path) switch
            {
                PathKind.Missing => $"there is no file {path}",
                PathKind.Directory => $"{path} is a directory, not a file",
                _ => machine.ProblemReading(path) is { } why ? $"{path} cannot be read: {why}" : null,
            };
            if (problem is not null)
            {
                values.Wrong($"{values.Written(setting)!.Origin}: {problem}");
            }

            return path;
        }

        void CheckTogether()
        {
            var asked = values.Written(TlsDeclarations.Port);
            var certificateFrom = values.Written(TlsDeclarations.CertificateFile);
            var keyFrom = values.Written(TlsDeclarations.CertificateKeyFile);
            if (asked is not null && certificateFrom is null && keyFrom is null)
            {
                values.Wrong(
                    $"{asked.Origin} needs a certificate",
                    $"add {TlsDeclarations.CertificateFile.Option} and {TlsDeclarations.CertificateKeyFile.Option}");
            }
            else if (certificateFrom is null && keyFrom is not null)
            {
                values.Wrong(
                    $"{keyFrom.Origin} is given without its certificate",
                    $"add {TlsDeclarations.CertificateFile.Option}");
            }
            else if (certificateFrom is not null && keyFrom is null)
            {
                values.Wrong(
                    $"{certificateFrom.Origin} is given without its key",
                    $"add {TlsDeclarations.CertificateKeyFile.Option}");
            }

            if (asked is null && (certificateFrom ?? keyFrom) is { } idle)
            {
                values.Wrong($"{idle.Origin} is given, but no port for HTTPS", $"add {TlsDeclarations.Port.Option}");
            }
        }
    }
}
