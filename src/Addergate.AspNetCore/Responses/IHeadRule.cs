using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Responses;

/// <summary>Looks at heads of the application before they are sent. Thread-safe; called on the path of requests, so it does
/// not block.</summary>
internal interface IHeadRule
{
    /// <summary>Whether something else is to be sent than what the application yields. Then nothing has been sent when the
    /// exchange ends, and who follows the rule sends it.</summary>
    /// <param name="context">Status and headers are the application's.</param>
    /// <returns>Null to send the application's own body.</returns>
    IReplacement? TryReplace(HttpContext context);
}
