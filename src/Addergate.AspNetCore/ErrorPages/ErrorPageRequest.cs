using System.Text;
using Addergate.AspNetCore.Responses;
using Addergate.Wire.Requests;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.ErrorPages;

/// <summary>
/// Which page a request's response is to be. Hangs on each request as a feature where there are error documents.
/// <code>
///  nothing ─ErrorResponse, ErrorPageRule─► wanted ─ErrorPageMiddleware─► shown ─error─► failed: a line of text
/// </code>
/// An error on the way of a page is never a reason for another page.
/// </summary>
internal sealed class ErrorPageRequest(ErrorDocuments documents) : IReplacement
{
    private byte[] _url = [];

    /// <summary>The status to show a page for; 0 while there is none.</summary>
    public int Status { get; private set; }

    /// <summary>Whether it is the application that said so.</summary>
    public bool IsOfApplication { get; private set; }

    /// <summary>Whether the page is being made.</summary>
    public bool IsShown { get; private set; }

    /// <summary>The status that it has met itself, and which is no page; 0 while there is none.</summary>
    public int FailedWith { get; set; }

    /// <summary>The server answers with an error.</summary>
    /// <returns>Whether the body is left to the page.</returns>
    public bool TryTake(int status)
    {
        if (IsShown)
        {
            FailedWith = status;
            return true;
        }

        Status = documents.Has(status) ? status : 0;
        IsOfApplication = false;
        return Status != 0;
    }

    /// <summary>The application answers with a status.</summary>
    /// <returns>Whether its body is not to be sent.</returns>
    public bool TryOverride(int status)
    {
        if (!documents.Has(status))
        {
            return false;
        }

        Status = status;
        IsOfApplication = true;
        return true;
    }

    /// <summary>From now on what goes wrong is the page's.</summary>
    public void Show(HttpRequest request)
    {
        IsShown = true;
        _url = Encoding.UTF8.GetBytes(request.PathBase + request.Path);
    }

    /// <summary>Whatever failed after the head says so by <see cref="TryTake"/>.</summary>
    public void GiveUp()
    {
    }

    /// <summary>Writes what an application that makes the page finds in its environ, under Apache's names.</summary>
    public void Write(ref RequestHeadWriter writer)
    {
        if (IsShown)
        {
            Span<byte> digits = [(byte)('0' + (Status / 100)), (byte)('0' + (Status / 10 % 10)), (byte)('0' + (Status % 10))];
            digits.CopyTo(writer.Reserve("REDIRECT_STATUS"u8, digits.Length));
            _url.CopyTo(writer.Reserve("REDIRECT_URL"u8, _url.Length));
        }
    }
}
