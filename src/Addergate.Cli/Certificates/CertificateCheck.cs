using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Resolution;
using Addergate.Supervisor.Certificates;

namespace Addergate.Cli.Certificates;

/// <summary>Looks at the certificates and their keys before anything is started. Readable files are the validator's part.
/// </summary>
internal sealed class CertificateCheck
{
    private readonly List<Mistake> _mistakes = [];
    private readonly List<string> _warnings = [];

    private CertificateCheck()
    {
    }

    /// <summary>Why the certificates cannot be used.</summary>
    internal IReadOnlyList<Mistake> Mistakes => _mistakes;

    /// <summary>Why clients may refuse them.</summary>
    internal IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Looks into all of the files.</summary>
    /// <param name="target">Where they are.</param>
    /// <param name="time">For what is expired.</param>
    internal static CertificateCheck Of(CertificateTarget target, TimeProvider time)
    {
        var check = new CertificateCheck();
        var tls = target.Tls;
        // One for development is made when it is not there.
        var leaves = tls.DevelopmentNames.Count > 0 ? [] : tls.Certificates
            .Select(pair => check.Read(pair, time.GetUtcNow()))
            .OfType<string>()
            .ToList();
        check.LookForName(target.ServerName, leaves);
        check.Authorities(TlsDeclarations.ChainFile, tls.ChainFile);
        check.Authorities(TlsDeclarations.ClientAuthorityFile, tls.ClientAuthorityFile);
        return check;
    }

    /// <summary>The certificate, where it can be used.</summary>
    private string? Read(CertificatePair pair, DateTimeOffset now)
    {
        var certificate = Content(TlsDeclarations.CertificateFile, pair.CertificateFile);
        var key = Content(TlsDeclarations.CertificateKeyFile, pair.KeyFile);
        var ofCertificate = certificate is null ? null : CertificateJudge.FindProblem(certificate, pair.CertificateFile);
        var ofKey = key is null ? null : CertificateJudge.FindProblemOfKey(key, pair.KeyFile);
        Note(TlsDeclarations.CertificateFile, ofCertificate);
        Note(TlsDeclarations.CertificateKeyFile, ofKey);
        if (certificate is null || key is null || ofCertificate is not null || ofKey is not null)
        {
            return null;
        }

        if (CertificateJudge.FindProblem(certificate, key, pair.CertificateFile, pair.KeyFile) is { } ofPair)
        {
            Note(ofPair.IsOfKey ? TlsDeclarations.CertificateKeyFile : TlsDeclarations.CertificateFile, ofPair);
            return null;
        }

        if (CertificateJudge.FindConcern(certificate, pair.CertificateFile, now) is { } concern)
        {
            _warnings.Add(concern);
        }

        return certificate;
    }

    private void LookForName(string? serverName, List<string> leaves)
    {
        if (serverName is not null && leaves.Count > 0 && !leaves.Exists(leaf => CertificateJudge.IsFor(leaf, serverName)))
        {
            _warnings.Add($"no certificate is for {serverName}, which {NameDeclarations.ServerName.Option} names: clients refuse it");
        }
    }

    private void Authorities(Setting<string> setting, string? path)
    {
        if (path is not null && Content(setting, path) is { } pem)
        {
            Note(setting, CertificateJudge.FindProblem(pem, path));
        }
    }

    private void Note(Setting<string> setting, CertificateProblem? problem)
    {
        if (problem is null)
        {
            return;
        }

        var mistake = new Mistake($"{setting.Option}: {problem.Text}", problem.Advice);
        if (!_mistakes.Contains(mistake))
        {
            // A file may be named for several certificates.
            _mistakes.Add(mistake);
        }
    }

    /// <summary>Null where it cannot be had.</summary>
    private string? Content(Setting<string> setting, string path)
    {
        var reading = CertificateText.Read(path, "file", out var text);
        if (reading == CertificateReading.TooLarge)
        {
            // What is not there or cannot be read is the validator's part.
            Note(setting, new CertificateProblem(text, "give a file that has certificates or a key in PEM and nothing else"));
        }

        return reading == CertificateReading.Read ? text : null;
    }
}
