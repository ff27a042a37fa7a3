using Addergate.Settings.Model;

namespace Addergate.Settings.Resolution;

/// <summary>An interpreter that was found and may be asked what it is.</summary>
/// <param name="Python">The interpreter.</param>
/// <param name="Identity">Who to ask as; it is never asked as root when the application runs as somebody else.</param>
public sealed record ProbeTarget(PythonSettings Python, IdentitySettings Identity);
