namespace Addergate.AspNetCore.Access;

/// <summary>What is to be thought of a nonce that a client sent.</summary>
internal enum NonceVerdict
{
    /// <summary>Not one of this process.</summary>
    Foreign,

    /// <summary>Of this process, and too long ago.</summary>
    Old,

    Good,
}
