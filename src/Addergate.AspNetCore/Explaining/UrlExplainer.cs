using Addergate.AspNetCore.Forwarding;
using Addergate.AspNetCore.Mounts;
using Addergate.AspNetCore.Names;
using Addergate.AspNetCore.Status;
using Addergate.AspNetCore.Tls;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Explaining;

/// <summary>
/// Says who answers a GET, asking the very tables that decide in the front end, in the order of its pipeline
/// (<c>FrontEndHost</c>):
/// <code>
///  1. name           HostNames
///  2. transport      SiteTransport
///  3. certificate    VerifiedPaths: the answer is the client's
///  4. access         AccessSettings: the answer is the client's and the scripts'
///  5. status         StatusMiddleware
///  6. proxies        ForwardRoutes, ForwardedPath
///  7. scripts        HandlerTable
///  8. files          FileRoutes, FilePath, FileRoot, FileVerdicts, DirectoryIndex
///  9. applications   ApplicationRoutes
/// </code>
/// Needs no running server; looks at the disk as the server would, with the rights of whoever asks.
/// </summary>
public sealed partial class UrlExplainer
{
    private readonly ServerSettings _settings;
    private readonly SiteTransport _transport;
    private readonly List<UrlStep> _steps = [];

    private UrlExplainer(ServerSettings settings)
    {
        _settings = settings;
        _transport = new SiteTransport(settings.Names, settings.Listen.HttpsPort);
    }

    /// <summary>Explains.</summary>
    /// <param name="settings">Of the server.</param>
    /// <param name="url">Absolute, of HTTP or HTTPS.</param>
    public static UrlExplanation Explain(ServerSettings settings, Uri url)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(url);
        var explainer = new UrlExplainer(settings);
        var answer = explainer.Answer(url);
        return new UrlExplanation(url.AbsoluteUri, explainer._steps, answer);
    }

    private UrlAnswer Answer(Uri url)
    {
        if (url.AbsolutePath.Contains("%00", StringComparison.Ordinal))
        {
            return Refuse("request", StatusCodes.Status400BadRequest, "no URL may have a NUL character in its path");
        }

        // As the web server decodes it; dot segments are gone, as browsers remove them.
        var path = PathString.FromUriComponent(url.AbsolutePath);
        var text = path.Value ?? "/";
        return JudgeName(url)
            ?? JudgeTransport(url)
            ?? JudgeCertificate(url, text)
            ?? TellAccess()
            ?? FindStatus(text)
            ?? FindProxy(url, text)
            ?? FindScript(text)
            ?? FindFile(text)
            ?? FindApplication(url, path);
    }

    // 1.
    private UrlAnswer? JudgeName(Uri url)
    {
        if (_settings.Names.ServerName is not { } name)
        {
            return Pass("name", "any name is answered, since there is no --server-name");
        }

        return new HostNames(_settings.Names, _settings.Forwarding.Hosts).Judge(url.Authority) switch
        {
            HostVerdict.Ours => Pass("name", $"{url.Host} is a name of this site"),
            HostVerdict.Parent => Redirect(
                "name", StatusCodes.Status308PermanentRedirect,
                _transport.Redirects(IsSecure(url)) ? Secure(url, name) : With(url, name),
                $"{url.Host} is sent to {name}"),
            _ => Refuse("name", StatusCodes.Status421MisdirectedRequest, $"{url.Host} is no name of this site (--server-name)"),
        };
    }

    // 2.
    private UrlAnswer? JudgeTransport(Uri url)
    {
        if (_transport.Redirects(IsSecure(url)))
        {
            return Redirect(
                "transport", StatusCodes.Status308PermanentRedirect, Secure(url, url.Host),
                "plain HTTP is sent to HTTPS (--https-only)");
        }

        return IsSecure(url) && _settings.Listen.HttpsPort is null
            ? Pass("transport", "this server has no HTTPS (--https-port): a proxy in front of it has to")
            : _settings.Names.HttpsOnly ? Pass("transport", "it comes over HTTPS (--https-only)") : null;
    }

    // 3.
    private UrlAnswer? JudgeCertificate(Uri url, string path)
    {
        var tls = _settings.Listen.Tls;
        if (tls.ClientAuthorityFile is null || !new VerifiedPaths(tls.VerifiedPaths).Contains(path))
        {
            return null;
        }

        var option = tls.VerifiesAll() ? "--ssl-ca-certificate-file" : "--ssl-verify-client";
        return IsSecure(url)
            ? Pass("certificate", tls.VerifiesAll()
                ? $"clients without a certificate are not let in at all ({option})"
                : $"clients without a certificate are answered with 403 ({option})")
            : Refuse(
                "certificate", StatusCodes.Status403Forbidden, $"clients need a certificate, and plain HTTP has none ({option})");
    }

    // 4.
    private UrlAnswer? TellAccess()
    {
        var access = _settings.Access;
        if (access.Scripts.Host is { } script)
        {
            Pass("access", $"{script} is asked whether the client's address may come in (--host-access-script)");
        }

        return access.NeedsUser
            ? Pass("access", $"clients have to say who they are: {access.Type} authentication for \"{access.Realm}\"")
            : null;
    }

    // 5.
    private UrlAnswer? FindStatus(string path) => _settings.Listen.ShowsStatus && path == StatusMiddleware.Path
        ? End(
            "status", "the state of the server, to clients on this machine and in --trust-proxy; 403 to others (--server-status)",
            new UrlAnswer(UrlAnswerKind.Status, StatusCodes.Status200OK, null))
        : null;

    // 6.
    private UrlAnswer? FindProxy(Uri url, string path)
    {
        if (_settings.Forwarding.Rules.Count == 0)
        {
            return null;
        }

        var routes = new ForwardRoutes(_settings.Forwarding, _settings.Static.Aliases);
        if (routes.Find(url.Authority, path) is not { } route)
        {
            return Pass("proxies", "no --proxy-mount-point is at it or above it, and no --proxy-virtual-host has its name");
        }

        var rule = route.Rule;
        var option = rule.Host is null ? $"--proxy-mount-point {rule.Url}" : $"--proxy-virtual-host {rule.Host}";
        if (route.LacksSlash(path))
        {
            return Redirect(
                "proxies", StatusCodes.Status302Found, route.EncodedUrl + "/" + url.Query, $"{option} begins with the slash");
        }

        if (ForwardedPath.Map(url.PathAndQuery, route) is not { } mapped)
        {
            return Refuse(
                "proxies", StatusCodes.Status400BadRequest, $"{option}: the other server might read it as a way out of there");
        }

        var target = (rule.Target with { Path = mapped }).ToString();
        return End("proxies", $"{option} passes it on as {target}", new UrlAnswer(UrlAnswerKind.Proxy, null, target));
    }

    // 9.
    private UrlAnswer FindApplication(Uri url, PathString path)
    {
        if (_settings.Applications is [{ Application.Type: ApplicationType.Static }])
        {
            return Refuse("applications", StatusCodes.Status404NotFound, "there is none, only files (--application-type static)");
        }

        var routes = ApplicationRoutes.Of(_settings.Applications);
        if (routes.Find(url.Authority, path, out var rest, out var knowsHost) is not { } mount)
        {
            return knowsHost
                ? Refuse("applications", StatusCodes.Status404NotFound, "none is mounted at it or above it (--mount-point)")
                : Refuse("applications", StatusCodes.Status421MisdirectedRequest, $"none is there for {url.Host}");
        }

        var hosted = _settings.Applications[mount.Application];
        if (hosted.Application.DispatchScript is { } script)
        {
            Pass("applications", $"{script} may choose another callable than {hosted.Application.Callable} (--dispatch-script)");
        }

        return End(
            "applications",
            $"{hosted.Name}: {hosted.Application.Entry}, SCRIPT_NAME \"{mount.MountPoint}\", PATH_INFO \"{rest.Value}\"",
            new UrlAnswer(UrlAnswerKind.Application, null, hosted.Name));
    }

    private static bool IsSecure(Uri url) => url.Scheme == Uri.UriSchemeHttps;

    private static string With(Uri url, string host) => new UriBuilder(url) { Host = host }.Uri.AbsoluteUri;

    private string Secure(Uri url, string host) => $"https://{_transport.SecureAuthority(host)}{url.PathAndQuery}";

    private UrlAnswer? Pass(string stage, string text)
    {
        _steps.Add(new UrlStep(stage, text));
        return null;
    }

    private UrlAnswer End(string stage, string text, UrlAnswer answer)
    {
        _steps.Add(new UrlStep(stage, text));
        return answer;
    }

    private UrlAnswer Refuse(string stage, int status, string why) =>
        End(stage, $"{status}: {why}", new UrlAnswer(UrlAnswerKind.Refusal, status, null));

    private UrlAnswer Redirect(string stage, int status, string target, string why) =>
        End(stage, $"{status} to {target}: {why}", new UrlAnswer(UrlAnswerKind.Redirect, status, target));
}
