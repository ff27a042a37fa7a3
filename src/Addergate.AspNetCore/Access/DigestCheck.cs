using System.Security.Cryptography;
using System.Text;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Access;

/// <summary>Users who prove that they know their password without sending it (RFC 7616, with MD5 and qop=auth, which is what
/// mod_wsgi's <c>get_realm_hash</c> can serve).</summary>
internal sealed class DigestCheck(AccessQuestions script, AccessSettings settings, TimeProvider time) : IUserCheck
{
    private readonly DigestNonces _nonces = new(time);
    private readonly NonceCounts _counts = new();

    public async ValueTask<UserVerdict> CheckAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (DigestCredentials.TryRead(context.Request.Headers.Authorization) is not { } said
            || said.Realm != settings.Realm
            || said.Uri != target)
        {
            return Challenge(isStale: false);
        }

        var verdict = _nonces.Judge(said.Nonce, out var nonce);
        if (verdict == NonceVerdict.Foreign)
        {
            return Challenge(isStale: false);
        }

        var (hash, failure) = await script.HashAsync(context, said.User, settings.Realm).ConfigureAwait(false);
        if (failure != 0)
        {
            return UserVerdict.Failed(failure);
        }

        if (hash is null || !IsRight(said, hash, context.Request.Method))
        {
            return Challenge(isStale: false);
        }

        if (verdict == NonceVerdict.Old || !_counts.TryUse(nonce, said.Count))
        {
            // The password is right: the browser may answer the new nonce without asking its user.
            return Challenge(isStale: true);
        }

        return await GroupCheck.CheckAsync(
            settings.Scripts.Group is null ? null : script, context, said.User, settings, Challenge(isStale: false))
            .ConfigureAwait(false);
    }

    private static bool IsRight(DigestCredentials said, string hash, string method)
    {
        var expected = Md5($"{hash.ToLowerInvariant()}:{said.Nonce}:{said.CountText}:{said.ClientNonce}:auth:{Md5($"{method}:{said.Uri}")}");
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(said.Response.ToLowerInvariant()));
    }

    private UserVerdict Challenge(bool isStale) => UserVerdict.Unknown(
        $"Digest realm={Quoted.Of(settings.Realm)}, qop=\"auth\", algorithm=MD5, nonce=\"{_nonces.Next()}\""
        + (isStale ? ", stale=true" : ""));

#pragma warning disable CA5351 // RFC 7616's older algorithm, the one that these scripts have hashes for.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
