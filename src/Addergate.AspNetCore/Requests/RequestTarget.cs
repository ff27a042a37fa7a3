namespace Addergate.AspNetCore.Requests;

/// <summary>The path of a request target as the client sent it, percent-encoded, without query; an absolute-form
/// target's scheme and authority are left out, <c>*</c> and authority-form have none.</summary>
internal static class RequestTarget
{
    public static ReadOnlySpan<char> RawPath(ReadOnlySpan<char> target)
    {
        if (target.IsEmpty || target[0] != '/')
        {
            var scheme = target.IndexOf("://", StringComparison.Ordinal);
            if (scheme < 0)
            {
                return default;
            }

            var path = target[(scheme + 3)..].IndexOfAny('/', '?');
            target = path < 0 ? default : target[(scheme + 3 + path)..];
            if (target.IsEmpty || target[0] == '?')
            {
                return "/";
            }
        }

        var query = target.IndexOf('?');
        return query < 0 ? target : target[..query];
    }
}
