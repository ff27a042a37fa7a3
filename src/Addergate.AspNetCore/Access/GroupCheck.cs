using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Access;

/// <summary>Whether a user who was found is in the group that may come in.</summary>
internal static class GroupCheck
{
    /// <param name="script">Null where every user may.</param>
    /// <param name="context">The request.</param>
    /// <param name="user">The user.</param>
    /// <param name="settings">Name the group.</param>
    /// <param name="challenge">The verdict on one who is not in it.</param>
    public static async ValueTask<UserVerdict> CheckAsync(
        AccessQuestions? script, HttpContext context, string user, AccessSettings settings, UserVerdict challenge)
    {
        if (script is null)
        {
            return UserVerdict.Known(user);
        }

        var (isIn, failure) = await script.IsInGroupAsync(context, user, settings.Group!).ConfigureAwait(false);
        return failure != 0 ? UserVerdict.Failed(failure) : isIn ? UserVerdict.Known(user) : challenge;
    }
}
