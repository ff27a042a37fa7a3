using Addergate.Settings.Model;
using Addergate.Wire;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Certificates;

/// <summary>The files of all certificates, as they were when they last made sense. Used by one thread.</summary>
internal sealed class CertificateFiles
{
    private readonly TimeProvider _time;
    private readonly CertificatePair[] _pairs;
    private readonly WatchedFiles[] _certificates;
    private readonly WatchedFiles? _chain;
    private readonly WatchedFiles? _clientAuthorities;
    private readonly WatchedFiles[] _all;

    /// <param name="settings">Where they are.</param>
    /// <param name="time">For what is expired.</param>
    public CertificateFiles(ListenSettings settings, TimeProvider time)
    {
        _time = time;
        var tls = settings.HttpsPort is null ? new TlsSettings() : settings.Tls;
        _pairs = [.. tls.Certificates];
        _certificates = [.. _pairs.Select(static pair => new WatchedFiles(
            [("certificate", pair.CertificateFile), ("certificate's key", pair.KeyFile)],
            contents => CertificateJudge.FindProblem(contents[0], contents[1], pair.CertificateFile, pair.KeyFile)))];
        _chain = Authorities(tls.ChainFile, "certificate chain");
        _clientAuthorities = Authorities(tls.ClientAuthorityFile, "certificate of client authorities");
        _all = [.. _certificates, .. ((WatchedFiles?[])[_chain, _clientAuthorities]).OfType<WatchedFiles>()];

        static WatchedFiles? Authorities(string? path, string what) => path is null
            ? null
            : new WatchedFiles([(what, path)], contents => CertificateJudge.FindProblem(contents[0], path));
    }

    /// <summary>What was read last and made sense; null without TLS.</summary>
    public CertificateMessage? Current { get; private set; }

    /// <summary>Reads what has changed. Of several certificates, one that makes no sense stays as it was, and holds up no
    /// other.</summary>
    /// <param name="isNew">Whether <see cref="Current"/> is another now.</param>
    /// <returns>What is wrong, for people; each is told once.</returns>
    public IReadOnlyList<string> Refresh(out bool isNew)
    {
        isNew = false;
        var problems = new List<string>();
        foreach (var files in _all)
        {
            if (files.Refresh(out var isOther) is { } problem)
            {
                problems.Add(problem);
            }

            isNew |= isOther;
        }

        if (isNew && Array.TrueForAll(_all, static files => files.InForce.Count > 0))
        {
            var message = Message();
            if (message.Certificates.Sum(static pem => pem.Certificate.Length + pem.Key.Length) > WireLimits.MaxControlMessage / 4)
            {
                problems.Add($"the certificates are larger than {WireLimits.MaxControlMessage / 4} bytes together");
                isNew = false;
            }
            else
            {
                Current = message;
            }
        }

        return problems;
    }

    /// <summary>What clients will complain of.</summary>
    public IEnumerable<string> Concerns() => _certificates
        .Where(static files => files.InForce.Count > 0)
        .Select((files, index) => CertificateJudge.FindConcern(files.InForce[0], _pairs[index].CertificateFile, _time.GetUtcNow()))
        .OfType<string>();

    private CertificateMessage Message()
    {
        var chain = _chain is null ? "" : "\n" + _chain.InForce[0];
        return new CertificateMessage(
            [.. _certificates.Select(files => new CertificatePem(files.InForce[0] + chain, files.InForce[1]))],
            _clientAuthorities?.InForce[0] ?? "");
    }
}
