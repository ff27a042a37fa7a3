using Addergate.Wire.Requests;

namespace Addergate.Wire.Tests.Requests;

/// <summary>One environ item of a generated request head; <see cref="Name"/> counts only for a custom key.</summary>
internal sealed record RequestItem(CgiKey Key, byte[] Name, byte[] Value);
