using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Wire.Requests;

namespace Addergate.Worker.Wsgi;

/// <summary>The environ keys that every request needs, as interned Python strings made once.</summary>
internal sealed class EnvironNames
{
    private readonly Kept[] _byKey;

    private EnvironNames(Kept[] byKey) => _byKey = byKey;

    /// <summary>Before <c>configure</c>.</summary>
    internal static EnvironNames None { get; } = new([]);

    internal Kept UrlScheme { get; private init; }

    internal Kept Input { get; private init; }

    internal Kept RequestStart { get; private init; }

    internal Kept QueueStart { get; private init; }

    internal Kept DaemonStart { get; private init; }

    internal Kept ApplicationStart { get; private init; }

    internal Kept ThreadId { get; private init; }

    internal Kept ScriptName { get; private init; }

    internal Kept PathInfo { get; private init; }

    /// <summary>The value of <c>wsgi.url_scheme</c> without TLS.</summary>
    internal Kept Http { get; private init; }

    /// <summary>The value of <c>wsgi.url_scheme</c> with TLS.</summary>
    internal Kept Https { get; private init; }

    /// <summary>The method of a response object that must be called once.</summary>
    internal Kept Close { get; private init; }

    internal Borrowed this[CgiKey key] => _byKey[(int)key];

    /// <summary>The GIL is held.</summary>
    internal static EnvironNames Create()
    {
        var names = CgiKeys.Names;
        var byKey = new Kept[names.Length];
        for (var number = 1; number < names.Length; number++)
        {
            byKey[number] = Intern(names[number]);
        }

        return new EnvironNames(byKey)
        {
            UrlScheme = Intern("wsgi.url_scheme"),
            Input = Intern("wsgi.input"),
            RequestStart = Intern("mod_wsgi.request_start"),
            QueueStart = Intern("mod_wsgi.queue_start"),
            DaemonStart = Intern("mod_wsgi.daemon_start"),
            ApplicationStart = Intern("mod_wsgi.application_start"),
            ThreadId = Intern("mod_wsgi.thread_id"),
            ScriptName = Intern("mod_wsgi.script_name"),
            PathInfo = Intern("mod_wsgi.path_info"),
            Http = Intern("http"),
            Https = Intern("https"),
            Close = Intern("close"),
        };
    }

    private static Kept Intern(string text) => CPython.PyUnicode_InternFromString(text).Keep();
}
