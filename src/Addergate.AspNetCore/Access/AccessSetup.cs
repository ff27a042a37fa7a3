using Addergate.AspNetCore.Dispatch;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Access;

/// <summary>Who may come in, where settings say something of it.</summary>
internal static class AccessSetup
{
    public static void Use(WebApplication app, ServerSettings settings, string serverHeader)
    {
        var access = settings.Access;
        if (access.IsOpen)
        {
            return;
        }

        var time = app.Services.GetRequiredService<TimeProvider>();
        var log = app.Services.GetRequiredService<ILogger<AccessMiddleware>>();
        var questions = access.Application is null
            ? null
            : new AccessQuestions(
                app.Services.GetRequiredService<WsgiApplications>().Find(HostedApplication.AccessName).Dispatcher,
                access.CacheTime,
                time);
        var users = access.NeedsUser ? Users(access, questions, time, log) : null;
        app.Use(next => new AccessMiddleware(
            next, access.Scripts.Host is null ? null : questions, users, serverHeader).InvokeAsync);
    }

    private static IUserCheck Users(
        AccessSettings access, AccessQuestions? questions, TimeProvider time, ILogger log) =>
        access.Type == AuthenticationType.Digest
            ? new DigestCheck(questions!, access, time)
            : new BasicCheck(
                access.UserFile is { } file ? new UserFile(file, hidesNames: access.Scripts.User is null, log) : null,
                access.Scripts.User is null ? null : questions,
                access.Scripts.Group is null ? null : questions,
                access);
}
