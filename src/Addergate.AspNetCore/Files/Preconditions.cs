using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Addergate.AspNetCore.Files;

/// <summary>Evaluates conditional requests for GET and HEAD in the order of RFC 9110, 13.2.2.</summary>
internal static class Preconditions
{
    /// <summary>200 when the request is to be carried out, else 304 or 412.</summary>
    public static int Evaluate(IHeaderDictionary request, in Validators validators)
    {
        if (request.IfMatch.Count > 0)
        {
            if (!Matches(request.IfMatch, validators, isStrong: true))
            {
                return StatusCodes.Status412PreconditionFailed;
            }
        }
        else if (Date(request.IfUnmodifiedSince) is { } unmodifiedSince && validators.LastModified > unmodifiedSince)
        {
            return StatusCodes.Status412PreconditionFailed;
        }

        if (request.IfNoneMatch.Count > 0)
        {
            return Matches(request.IfNoneMatch, validators, isStrong: false)
                ? StatusCodes.Status304NotModified
                : StatusCodes.Status200OK;
        }

        return Date(request.IfModifiedSince) is { } modifiedSince && validators.LastModified <= modifiedSince
            ? StatusCodes.Status304NotModified
            : StatusCodes.Status200OK;
    }

    /// <summary>Whether a Range counts: <c>If-Range</c> is absent or names just this state of the file.</summary>
    public static bool RangeCounts(IHeaderDictionary request, in Validators validators)
    {
        var text = request.IfRange;
        if (text.Count == 0)
        {
            return true;
        }

        if (text.Count > 1 || !RangeConditionHeaderValue.TryParse(text.ToString(), out var condition))
        {
            return false;
        }

        return condition.EntityTag is { } tag
            ? tag.Compare(validators.Tag, useStrongComparison: true)
            // A date is as good as a strong ETag where the file has rested since (13.1.5).
            : condition.LastModified is { } date && !validators.IsWeak && date == validators.LastModified;
    }

    private static bool Matches(StringValues header, in Validators validators, bool isStrong)
    {
        if (header.Count == 1 && header[0] == validators.Text)
        {
            return !isStrong || !validators.IsWeak;
        }

        if (!EntityTagHeaderValue.TryParseList(header!, out var tags))
        {
            return false;
        }

        foreach (var tag in tags)
        {
            if (tag == EntityTagHeaderValue.Any || tag.Compare(validators.Tag, isStrong))
            {
                return true;
            }
        }

        return false;
    }

    // One that is no date, or more than one, is as if it were not there.
    private static DateTimeOffset? Date(StringValues header) =>
        header.Count == 1 && HeaderUtilities.TryParseDate(header[0], out var date) ? date : null;
}
