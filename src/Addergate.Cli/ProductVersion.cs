namespace Addergate.Cli;

/// <summary>The version that the build was given.</summary>
internal static class ProductVersion
{
    internal static string Text { get; } = typeof(ProductVersion).Assembly.GetName().Version!.ToString(3);
}
