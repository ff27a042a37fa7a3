using System.Text.Json;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Proxies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Access;

/// <summary>
/// Asks the scripts that decide on access, each question as a request to their worker (<c>python/addergate/_access.py</c>). Each
/// method returns an answer, or the status to answer the client with because there is none: the worker's own (500 after an
/// exception, 503 and 504 when it is overloaded or stuck).
/// </summary>
internal sealed class AccessQuestions(WsgiDispatcher dispatcher, TimeSpan keep, TimeProvider time)
{
    private readonly AnswerCache<string> _hosts = new(keep, time);
    private readonly AnswerCache<string> _users = new(keep, time);
    private readonly AnswerCache<string> _hashes = new(keep, time);
    private readonly AnswerCache<string[]> _groups = new(keep, time);

    /// <summary><c>allow_access</c>. It may look at the whole request, so its answer is remembered for one that is the same in
    /// every part that the script sees.</summary>
    public async ValueTask<(bool Allowed, int Failure)> AllowsAsync(HttpContext context, string host)
    {
        var key = RequestKey(context, host);
        if (_hosts.Find(key) is { } known)
        {
            return (known == bool.TrueString, 0);
        }

        var (answer, failure) = await AskAsync(context, ("ask", "host"), ("host", host)).ConfigureAwait(false);
        if (answer is not { } root)
        {
            return (false, failure);
        }

        var allowed = root.GetProperty("allowed").GetBoolean();
        _hosts.Keep(key, allowed.ToString());
        return (allowed, 0);
    }

    /// <summary><c>check_password</c>: the name that the application is told, or null. Only who is known is remembered, so that a
    /// new password is good at once.</summary>
    public async ValueTask<(string? User, int Failure)> UserAsync(HttpContext context, string user, string password)
    {
        var key = AnswerKey.Of(context.Request.Host.Value, user, password);
        if (_users.Find(key) is { } known)
        {
            return (known, 0);
        }

        var (answer, failure) = await AskAsync(context, ("ask", "password"), ("user", user), ("password", password))
            .ConfigureAwait(false);
        var name = answer?.GetProperty("user").GetString();
        if (name is not null)
        {
            _users.Keep(key, name);
        }

        return (name, failure);
    }

    /// <summary><c>get_realm_hash</c>: MD5 of <c>user:realm:password</c> in hexadecimal, or null.</summary>
    public async ValueTask<(string? Hash, int Failure)> HashAsync(HttpContext context, string user, string realm)
    {
        var key = AnswerKey.Of(context.Request.Host.Value, user);
        if (_hashes.Find(key) is { } known)
        {
            return (known, 0);
        }

        var (answer, failure) = await AskAsync(context, ("ask", "hash"), ("user", user), ("realm", realm)).ConfigureAwait(false);
        var hash = answer?.GetProperty("hash").GetString();
        if (hash is not null)
        {
            _hashes.Keep(key, hash);
        }

        return (hash, failure);
    }

    /// <summary><c>groups_for_user</c>.</summary>
    public async ValueTask<(bool IsIn, int Failure)> IsInGroupAsync(HttpContext context, string user, string group)
    {
        var key = AnswerKey.Of(context.Request.Host.Value, user);
        if (_groups.Find(key) is { } known)
        {
            return (known.Contains(group), 0);
        }

        var (answer, failure) = await AskAsync(context, ("ask", "groups"), ("user", user)).ConfigureAwait(false);
        if (answer is not { } root)
        {
            return (false, failure);
        }

        string[] groups = [.. root.GetProperty("groups").EnumerateArray().Select(static one => one.GetString()!)];
        _groups.Keep(key, groups);
        return (groups.Contains(group), 0);
    }

    // The target as the client sent it: two that decode to the same path for the framework need not for the application.
    private static string RequestKey(HttpContext context, string host)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var proxied = context.Features.Get<ProxiedServer>();
        using var key = new AnswerKey();
        key.Add(host).Add(request.Method).Add(request.Scheme).Add(request.RawTarget).Add(request.PathBase).Add(request.Path)
            .Add(proxied?.Name).Add(proxied?.Port).Add(proxied?.MountPoint);
        foreach (var (name, values) in request.Headers)
        {
            key.Add(name).Add(values.ToString());
        }

        return key.Take();
    }

    private async ValueTask<(JsonElement? Answer, int Failure)> AskAsync(
        HttpContext context, params (string Name, string Value)[] question)
    {
        var asked = QuestionContext.For(context, Encode([.. question, ("method", context.Request.Method)]), out var body);
        await dispatcher.DispatchAsync(asked).ConfigureAwait(false);
        // The answer comes on the thread that reads the worker's socket, which must not go on with this request.
        await Task.Yield();
        if (asked.Response.StatusCode != StatusCodes.Status200OK)
        {
            return (null, asked.Response.StatusCode);
        }

        try
        {
            await asked.Response.CompleteAsync().ConfigureAwait(false);
            using var answer = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            return (answer.RootElement.Clone(), 0);
        }
        catch (JsonException)
        {
            // A worker that died in the middle.
            return (null, StatusCodes.Status502BadGateway);
        }
    }

    private static string Encode(ReadOnlySpan<(string Name, string Value)> question)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var (name, value) in question)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Convert.ToBase64String(text.GetBuffer(), 0, (int)text.Length);
    }
}
