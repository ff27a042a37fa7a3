using Addergate.AspNetCore.Responses;

namespace Addergate.AspNetCore.Handovers;

/// <summary>The application has named a file that is to be sent as its answer. Hangs on the request as a feature.</summary>
/// <param name="header">The name of the header that says so.</param>
/// <param name="value">As the application gave it, one character a byte.</param>
internal sealed class FileHandover(string header, string value) : IReplacement
{
    public string Header => header;

    public string Value => value;

    /// <summary>Whether the application failed afterwards.</summary>
    public bool IsGivenUp { get; private set; }

    public void GiveUp() => IsGivenUp = true;
}
