using Addergate.Settings.Declarations;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Limits of requests and buffers.</summary>
internal static class LimitResolver
{
    internal static LimitSettings Resolve(SettingValues values)
    {
        var limits = new LimitSettings
        {
            RequestBody = values.Get(RequestDeclarations.BodyLimit),
            RequestBuffering = values.Get(RequestDeclarations.Buffering),
            RequestBodyInMemory = (int)values.Get(RequestDeclarations.BodyInMemory),
            ResponseBuffer = (int)values.Get(RequestDeclarations.ResponseBuffer),
            TotalMemory = values.Get(RequestDeclarations.TotalMemory),
            TotalSpool = values.Get(RequestDeclarations.TotalSpool),
        };
        Share(RequestDeclarations.BodyInMemory, limits.RequestBodyInMemory);
        Share(RequestDeclarations.ResponseBuffer, limits.ResponseBuffer);
        return limits;

        void Share(Setting<long> setting, long part)
        {
            if (part > limits.TotalMemory)
            {
                var whole = RequestDeclarations.TotalMemory;
                values.Wrong(
                    $"{setting.Option} {setting.Kind.Show(part)} is more than {whole.Option} "
                    + whole.Kind.Show(limits.TotalMemory),
                    $"raise {whole.Option}");
            }
        }
    }
}
