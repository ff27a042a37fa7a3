using System.Text;
using Addergate.Wire.Requests;

namespace Addergate.AspNetCore.Tests.Fakes;

/// <summary>A REQUEST as a worker sees it; values are Latin-1, as Python gets them.</summary>
internal sealed record ReceivedRequest(RequestHead Head, IReadOnlyDictionary<string, string> Environ, byte[] InlineBody)
{
    public string this[string key] => Environ[key];

    public static ReceivedRequest Parse(ReadOnlySpan<byte> payload)
    {
        Assert.True(RequestHeadReader.TryBegin(payload, out var reader));
        var environ = new Dictionary<string, string>();
        while (reader.TryReadItem(out var key, out var name, out var value))
        {
            var text = key is CgiKey.Custom ? Encoding.Latin1.GetString(name) : CgiKeys.Names[(int)key];
            Assert.True(environ.TryAdd(text, Encoding.Latin1.GetString(value)), $"{text} is there twice");
        }

        Assert.Equal(0, reader.Remaining);
        return new ReceivedRequest(reader.Head, environ, reader.InlineBody.ToArray());
    }
}
