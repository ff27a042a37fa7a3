using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
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

    /// <summary>Finds nothing when there is no HTTPS, or one that makes its own certificate.</summary>
    /// <param name="listen">Where the certificates are.</param>
    /// <param name="serverName">The site's name, or null.</param>
    /// <param name="time">For what is expired.</param>
    internal static CertificateCheck Of(ListenSettings listen, string? serverName, TimeProvider time)
    {
        var check = new CertificateCheck();
        if (listen is { HttpsPort: not null, Tls: var tls })
        {
            var leaves = tls.DevelopmentNames.Count > 0 ? [] : tls.Certificates
                .Select(pair => check.Read(pair, time.GetUtcNow()))
                .OfType<string>()
                .ToList();
            check.LookForName(serverName, leaves);
            check.Authorities(TlsDeclarations.ChainFile, tls.ChainFile);
            check.Authorities(TlsDeclarations.ClientAuthorityFile, tls.ClientAuthorityFile);
        }

        return check;
    }

    /// <summary>The certificate, where it can be used.</summary>
    private string? Read(CertificatePair pair, DateTimeOffset now)
    {
        if (Content(TlsDeclarations.CertificateFile, pair.CertificateFile) is not { } certificate
            || Content(TlsDeclarations.CertificateKeyFile, pair.KeyFile) is not { } key)
        {
            return null;
        }

        if (CertificateJudge.FindProblem(certificate, key, pair.CertificateFile, pair.KeyFile) is { } problem)
        {
            var setting = problem.IsOfKey ? TlsDeclarations.CertificateKeyFile : TlsDeclarations.CertificateFile;
            _mistakes.Add(new Mistake($"{setting.Option}: {problem.Text}", problem.Advice));
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
        if (path is not null && Content(setting, path) is { } pem && CertificateJudge.FindProblem(pem, path) is { } problem)
        {
            _mistakes.Add(new Mistake($"{setting.Option}: {problem.Text}", problem.Advice));
        }
    }

    private string? Content(Setting<string> setting, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            _mistakes.Add(new Mistake($"{setting.Option}: {refused.Message}"));
            return null;
        }
    }
}
