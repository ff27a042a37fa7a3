namespace Addergate.AspNetCore.Access;

/// <summary>A nonce of this process.</summary>
/// <param name="At">When it was made, as <see cref="TimeProvider.GetTimestamp"/> has it.</param>
/// <param name="Random">Tells those of one moment apart.</param>
internal readonly record struct DigestNonce(long At, long Random);
