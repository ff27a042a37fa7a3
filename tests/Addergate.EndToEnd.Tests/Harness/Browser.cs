using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>A client with cookies that fills in forms.</summary>
internal sealed partial class Browser(int port) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}/"),
        Timeout = Until.Deadline,
    };

    public HttpResponseMessage Get(string path) => _client.Send(new HttpRequestMessage(HttpMethod.Get, path));

    public string Text(string path)
    {
        var response = Get(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Read(response);
    }

    public HttpResponseMessage Post(string path, HttpContent content) =>
        _client.Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });

    /// <summary>The value of Django's hidden field in a page's form.</summary>
    public string Token(string path) => TokenField().Match(Text(path)).Groups[1].Value;

    public static string Read(HttpResponseMessage response) => response.Content.ReadAsStringAsync().Result;

    /// <summary>A form with a file of random bytes; gives their SHA-256 too.</summary>
    public static (MultipartFormDataContent Form, string Hash) Upload(int size, params (string Name, string Value)[] fields)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "document", "random.bin");
        return (form, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"csrfmiddlewaretoken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
