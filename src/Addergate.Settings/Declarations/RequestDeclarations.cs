using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>What clients may send, and how much is held for them.</summary>
public static class RequestDeclarations
{
    public static Setting<long> BodyLimit { get; } = new()
    {
        Name = "limit-request-body",
        Group = SettingGroup.Requests,
        Kind = SizeKind.Instance,
        Default = 10485760,
        Provenance = "mod_wsgi-express --limit-request-body",
        Help = "Largest request body, more gets 413; 0 = no limit",
    };

    public static Setting<bool> Buffering { get; } = new()
    {
        Name = "request-buffering",
        Group = SettingGroup.Requests,
        Kind = SwitchKind.Instance,
        Default = true,
        Provenance = "Addergate's own: a slow upload then holds no thread",
        Help = "Take a request body in before the application is called; off = stream it as the application reads",
    };

    /// <summary>The most is what one frame of the wire carries inline, so that such a body costs no second send.</summary>
    public static Setting<long> BodyInMemory { get; } = new()
    {
        Name = "request-buffer-size",
        Group = SettingGroup.Requests,
        Kind = SizeKind.Between(0, int.MaxValue),
        Default = 128 * 1024,
        Provenance = "Addergate's own: the largest body that travels with its request's head",
        Help = "How much of one request body is held in memory before it goes to a file in the server root",
    };

    public static Setting<long> ResponseBuffer { get; } = new()
    {
        Name = "response-buffer-size",
        Group = SettingGroup.Requests,
        Kind = SizeKind.Between(64 * 1024, int.MaxValue),
        Default = 8388608,
        Provenance = "mod_wsgi-express --response-buffer-size",
        Help = "How much of one response is held for a slow client before the application has to wait",
    };

    public static Setting<long> TotalMemory { get; } = new()
    {
        Name = "buffer-memory",
        Group = SettingGroup.Requests,
        MayBePerApplication = false,
        Kind = SizeKind.Between(1024 * 1024, 1L << 40),
        Default = 256L * 1024 * 1024,
        Provenance = "Addergate's own: 32 slow clients of the largest response buffer",
        Help = "Memory that all buffered requests and responses may take together",
    };

    public static Setting<long> TotalSpool { get; } = new()
    {
        Name = "buffer-disk",
        Group = SettingGroup.Requests,
        MayBePerApplication = false,
        Kind = SizeKind.Between(0, 1L << 50),
        Default = 4L * 1024 * 1024 * 1024,
        Provenance = "Addergate's own",
        Help = "Disk space that all buffered request bodies may take together",
    };
}
