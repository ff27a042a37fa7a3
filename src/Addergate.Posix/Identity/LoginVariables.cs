namespace Addergate.Posix.Identity;

/// <summary>What login(1) sets in the environment of a user.</summary>
public static class LoginVariables
{
    /// <summary>An application that looks for its files at home must not look at those of whoever started the server.</summary>
    public static void Set(IDictionary<string, string> variables, uint user)
    {
        var entry = UserDatabase.FindUser(user);
        variables["HOME"] = entry?.Home ?? "/";
        variables["USER"] = variables["LOGNAME"] = entry?.Name ?? user.ToString();
    }
}
