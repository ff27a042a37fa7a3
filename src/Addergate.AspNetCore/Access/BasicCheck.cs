using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Access;

/// <summary>Users who send their password (RFC 7617): the file is asked first, and the script for those that the file does not
/// know.</summary>
internal sealed class BasicCheck(
    UserFile? file, AccessQuestions? script, AccessQuestions? groups, AccessSettings settings) : IUserCheck
{
    private readonly UserVerdict _challenge = UserVerdict.Unknown($"Basic realm={Quoted.Of(settings.Realm)}, charset=\"UTF-8\"");

    public async ValueTask<UserVerdict> CheckAsync(HttpContext context)
    {
        if (!BasicCredentials.TryRead(context.Request.Headers.Authorization, out var name, out var password))
        {
            return _challenge;
        }

        var known = file is null ? PasswordVerdict.UnknownUser : await file.CheckAsync(name, password).ConfigureAwait(false);
        if (known == PasswordVerdict.Unreadable)
        {
            return UserVerdict.Failed(StatusCodes.Status500InternalServerError);
        }

        if (known == PasswordVerdict.TooMany)
        {
            return UserVerdict.Failed(StatusCodes.Status503ServiceUnavailable);
        }

        var user = known == PasswordVerdict.Right ? name : null;
        if (known == PasswordVerdict.UnknownUser && script is not null)
        {
            (user, var failure) = await script.UserAsync(context, name, password).ConfigureAwait(false);
            if (failure != 0)
            {
                return UserVerdict.Failed(failure);
            }
        }

        return user is null ? _challenge : await GroupCheck.CheckAsync(groups, context, user, settings, _challenge).ConfigureAwait(false);
    }
}
