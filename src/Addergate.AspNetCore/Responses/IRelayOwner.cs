namespace Addergate.AspNetCore.Responses;

/// <summary>What a relay tells its exchange; called without the gate held.</summary>
internal interface IRelayOwner
{
    /// <summary>The slot's reader, which was told to stop, may go on.</summary>
    void ResumeReading();

    /// <summary>The web server has said that nobody takes the response any more.</summary>
    void OnClientGone();

    /// <summary>A response that was ended or given up earlier has nothing pending any more.</summary>
    void OnRelayIdle();
}
