using System.IO.Enumeration;
using Addergate.AspNetCore.Requests;

namespace Addergate.AspNetCore.Names;

/// <summary>Names of hosts with <c>*</c> for any characters and <c>?</c> for one, as in Apache's <c>ServerAlias</c>.</summary>
internal static class HostPattern
{
    public static bool Is(string name) => name.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <param name="pattern">The pattern.</param>
    /// <param name="name">As <see cref="NameIn"/> gives it.</param>
    public static bool Matches(string pattern, ReadOnlySpan<char> name) => FileSystemName.MatchesSimpleExpression(pattern, name);

    /// <summary>The name in a Host header: without a port, and without the dot of a fully qualified one.</summary>
    public static ReadOnlySpan<char> NameIn(ReadOnlySpan<char> host)
    {
        HostSplit.Split(host, out var name, out _);
        return name.TrimEnd('.');
    }
}
