namespace Addergate.AspNetCore.Responses;

/// <summary>What is sent in place of an application's body, once the application has ended well.</summary>
internal interface IReplacement
{
    /// <summary>The application failed after its head: an error is the response instead.</summary>
    void GiveUp();
}
