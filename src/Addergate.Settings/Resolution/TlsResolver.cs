using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Certificates: the server's own, and what is asked of clients. What is in the files is looked at elsewhere.
/// </summary>
internal static class TlsResolver
{
    // As many as one message to the front end may hold.
    private const int MostCertificates = 256;

    internal static TlsSettings Resolve(SettingValues values, IMachine machine)
    {
        var certificates = Certificates(values, machine);
        var chain = values.TryGet(TlsDeclarations.ChainFile, out var chainFile)
            ? ReadableFile.Check(values, machine, chainFile, values.Written(TlsDeclarations.ChainFile)!.Origin)
            : null;
        var authorities = values.TryGet(TlsDeclarations.ClientAuthorityFile, out var authorityFile)
            ? ReadableFile.Check(values, machine, authorityFile, values.Written(TlsDeclarations.ClientAuthorityFile)!.Origin)
            : null;
        var settings = new TlsSettings
        {
            Certificates = certificates,
            ChainFile = chain,
            ClientAuthorityFile = authorities,
            VerifiedPaths = VerifiedPaths(values),
            TellsApplication = values.Get(TlsDeclarations.Environment),
        };
        if (values.Get(TlsDeclarations.Development))
        {
            settings = settings with
            {
                Certificates = [DevelopmentPlace.Pair(machine)],
                DevelopmentNames = DevelopmentPlace.Names(values),
            };
        }

        CheckTogether(values, certificates.Count);
        return settings;
    }

    private static List<CertificatePair> Certificates(SettingValues values, IMachine machine)
    {
        var pairs = new List<CertificatePair>();
        foreach (var (prefix, written) in values.Each(TlsDeclarations.Certificate))
        {
            pairs.Add(new CertificatePair(
                ReadableFile.Check(values, machine, prefix + ".crt", written.Origin),
                ReadableFile.Check(values, machine, prefix + ".key", written.Origin)));
        }

        var certificates = values.Each(TlsDeclarations.CertificateFile);
        var keys = values.Each(TlsDeclarations.CertificateKeyFile);
        string[] certificateFiles = [.. certificates.Select(file => ReadableFile.Check(values, machine, file.Value, file.Written.Origin))];
        string[] keyFiles = [.. keys.Select(file => ReadableFile.Check(values, machine, file.Value, file.Written.Origin))];
        pairs.AddRange(certificateFiles.Zip(keyFiles, static (certificate, key) => new CertificatePair(certificate, key)));
        var written1 = values.Written(TlsDeclarations.CertificateFile);
        var written2 = values.Written(TlsDeclarations.CertificateKeyFile);
        if (written1 is null && written2 is not null)
        {
            values.Wrong(
                $"{written2.Origin} is given without its certificate", $"add {TlsDeclarations.CertificateFile.Option}");
        }
        else if (written1 is not null && written2 is null)
        {
            values.Wrong(
                $"{written1.Origin} is given without its key", $"add {TlsDeclarations.CertificateKeyFile.Option}");
        }
        else if (values.All(TlsDeclarations.CertificateFile).Count is var some
            && values.All(TlsDeclarations.CertificateKeyFile).Count is var others && some != others)
        {
            values.Wrong(
                $"{written1!.Origin} and {written2!.Origin} name {some} and {others} files",
                "give one key for each certificate, in the same order");
        }

        if (pairs.Count > MostCertificates)
        {
            values.Wrong($"{pairs.Count} certificates are given, and {MostCertificates} is the most", "give several names to each");
        }

        return pairs;
    }

    private static string[] VerifiedPaths(SettingValues values)
    {
        var paths = new List<string>();
        foreach (var (text, written) in values.Each(TlsDeclarations.VerifiedPath))
        {
            if (UrlPaths.Read(values, written.Origin, text) is { } path)
            {
                paths.Add(path);
            }
        }

        // The root is everywhere.
        return paths.Contains("") ? [] : [.. paths.Distinct()];
    }

    private static void CheckTogether(SettingValues values, int certificates)
    {
        var port = values.Written(TlsDeclarations.Port);
        var development = values.Get(TlsDeclarations.Development) ? values.Written(TlsDeclarations.Development) : null;
        ReadOnlySpan<Setting> own = [TlsDeclarations.Certificate, TlsDeclarations.CertificateFile, TlsDeclarations.CertificateKeyFile];
        ReadOnlySpan<Setting> needPort = [.. own, TlsDeclarations.ChainFile, TlsDeclarations.ClientAuthorityFile];
        var given = First(values, own);
        if (development is not null && (given ?? values.Written(TlsDeclarations.ChainFile)) is { } real)
        {
            values.Wrong(
                $"{development.Origin} makes a certificate for development, and {real.Origin} names a real one",
                $"leave one of them out; {TlsDeclarations.Port.Option} alone turns HTTPS on with the real one");
        }
        else if (port is not null && development is null && given is null)
        {
            values.Wrong(
                $"{port.Origin} needs a certificate",
                $"add {TlsDeclarations.CertificateFile.Option} and {TlsDeclarations.CertificateKeyFile.Option}, or for "
                + $"development {TlsDeclarations.Development.Option}");
        }
        else if (port is null && development is null && First(values, needPort) is { } idle)
        {
            values.Wrong($"{idle.Origin} is given, but no port for HTTPS", $"add {TlsDeclarations.Port.Option}");
        }
        else if (values.Written(TlsDeclarations.ChainFile) is { } chain && certificates == 0 && given is null)
        {
            values.Wrong(
                $"{chain.Origin} is given, but no certificate whose chain it is", $"add {TlsDeclarations.CertificateFile.Option}");
        }

        if (values.Written(TlsDeclarations.VerifiedPath) is { } path && values.Written(TlsDeclarations.ClientAuthorityFile) is null)
        {
            values.Wrong(
                $"{path.Origin} is given, but nobody who vouches for clients",
                $"add {TlsDeclarations.ClientAuthorityFile.Option}");
        }

        if (port is null && development is null && values.Get(TlsDeclarations.Environment))
        {
            values.Wrong(
                $"{values.Written(TlsDeclarations.Environment)!.Origin} is given, but no port for HTTPS",
                $"add {TlsDeclarations.Port.Option}");
        }
    }

    private static SettingText? First(SettingValues values, ReadOnlySpan<Setting> settings)
    {
        foreach (var setting in settings)
        {
            if (values.Written(setting) is { } written)
            {
                return written;
            }
        }

        return null;
    }
}
