using Microsoft.AspNetCore.Builder;

namespace Addergate.AspNetCore.Compression;

/// <summary>Puts compression into the pipeline. Called only where it is asked for.</summary>
internal static class CompressionSetup
{
    public static void Use(IApplicationBuilder app)
    {
        var choice = new CompressionChoice(app.ApplicationServices);
        app.Use(next => new CompressionMiddleware(next, choice).InvokeAsync);
    }
}
