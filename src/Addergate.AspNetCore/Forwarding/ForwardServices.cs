using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Dispatch;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>What all targets share.</summary>
/// <param name="Headers">Tells targets who asks.</param>
/// <param name="Departure">The end of the server.</param>
/// <param name="ServerHeader">The <c>Server</c> header of our own answers.</param>
/// <param name="Timeout">How long a target may be silent; zero for ever.</param>
/// <param name="BodyLimit">Bytes of a request's body; 0 for any.</param>
/// <param name="BodyPatience">With the client.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log.</param>
internal sealed record ForwardServices(
    ForwardedHeaders Headers,
    Departure Departure,
    string ServerHeader,
    TimeSpan Timeout,
    long BodyLimit,
    BodyPatience BodyPatience,
    TimeProvider Time,
    ILogger Logger);
