using System.Security.Claims;
using Addergate.AspNetCore.Responses;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Addergate.AspNetCore.Access;

/// <summary>
/// Lets in whom the scripts and files let in, and tells the application who it is (<c>REMOTE_USER</c>, <c>AUTH_TYPE</c>):
/// <list type="number">
/// <item>may this address ask at all (403);</item>
/// <item>who is it, and in the right group (401, also for a wrong group: another user may be meant).</item>
/// </list>
/// When that cannot be found out nobody is let in.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, AccessQuestions? hosts, IUserCheck? users, string serverHeader)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // 1
        if (hosts is not null)
        {
            var address = context.Connection.RemoteIpAddress;
            var host = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
            var (allowed, failure) = await hosts.AllowsAsync(context, host?.ToString() ?? "").ConfigureAwait(false);
            if (failure != 0 || !allowed)
            {
                Refuse(context, failure != 0 ? failure : StatusCodes.Status403Forbidden);
                return;
            }
        }

        // 2. Who comes a second time, for the page of an error, is known already.
        if (users is not null && context.Features.Get<IHttpAuthenticationFeature>() is null)
        {
            var verdict = await users.CheckAsync(context).ConfigureAwait(false);
            if (verdict.User is not { } user)
            {
                Refuse(context, verdict.Failure != 0 ? verdict.Failure : StatusCodes.Status401Unauthorized);
                if (verdict.Failure == 0)
                {
                    context.Response.Headers.WWWAuthenticate = verdict.Challenge;
                }

                return;
            }

            var identity = new ClaimsIdentity(
                [new Claim(ClaimsIdentity.DefaultNameClaimType, user)],
                users is DigestCheck ? nameof(AuthenticationType.Digest) : nameof(AuthenticationType.Basic));
            context.Features.Set<IHttpAuthenticationFeature>(
                new HttpAuthenticationFeature { User = new ClaimsPrincipal(identity) });
        }

        await next(context).ConfigureAwait(false);
    }

    private void Refuse(HttpContext context, int status) => new ErrorResponse(status, serverHeader).WriteTo(context);
}
