using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Access;

/// <summary>Finds out who asks.</summary>
internal interface IUserCheck
{
    /// <summary>For the user that this request names; asks Python where it has to.</summary>
    ValueTask<UserVerdict> CheckAsync(HttpContext context);
}
