namespace Addergate.AspNetCore.Access;

/// <summary>What came of asking who it is.</summary>
/// <param name="User">The user, when it is one who may come in.</param>
/// <param name="Challenge"><c>WWW-Authenticate</c> of the 401, when it is not.</param>
/// <param name="Failure">The status to answer with when it could not be found out; 0 when it could.</param>
internal readonly record struct UserVerdict(string? User, string Challenge, int Failure)
{
    public static UserVerdict Known(string user) => new(user, "", 0);

    public static UserVerdict Unknown(string challenge) => new(null, challenge, 0);

    public static UserVerdict Failed(int status) => new(null, "", status);
}
