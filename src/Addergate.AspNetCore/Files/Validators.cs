using System.Globalization;
using Addergate.Posix.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Addergate.AspNetCore.Files;

/// <summary>What tells one state of a file from another: <c>ETag</c> and <c>Last-Modified</c>.</summary>
internal readonly struct Validators
{
    // A file that is being written may change again within the same tick of the file system's clock, some of which count
    // whole seconds: its ETag must not vouch for every byte yet (RFC 9110, 8.8.1).
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <param name="file">The file whose bytes are sent.</param>
    /// <param name="coding">Its content coding, or null: codings of one file must not share an ETag.</param>
    /// <param name="now">UTC.</param>
    public Validators(OpenedFile file, string? coding, DateTimeOffset now)
    {
        LastModified = DateTimeOffset.FromUnixTimeSeconds(file.ModifiedSeconds);
        var isWeak = now - LastModified < Settled;
        Text = string.Create(
            CultureInfo.InvariantCulture,
            $"{(isWeak ? "W/" : "")}\"{file.ModifiedSeconds:x}.{file.ModifiedNanoseconds:x}-{file.Length:x}"
            + $"{(coding is null ? "" : "-")}{coding}\"");
    }

    private Validators(string text, DateTimeOffset lastModified)
    {
        Text = text;
        LastModified = lastModified;
    }

    /// <summary>What a response says of itself already, else what its file says.</summary>
    public static Validators Of(IHeaderDictionary response, OpenedFile file, string? coding, DateTimeOffset now)
    {
        var own = new Validators(file, coding, now);
        if (response.ETag.Count == 0 && response.LastModified.Count == 0)
        {
            return own;
        }

        return new Validators(
            response.ETag is [{ } tag] && EntityTagHeaderValue.TryParse(tag, out _) ? tag : own.Text,
            HeaderUtilities.TryParseDate(response.LastModified.ToString(), out var date) ? date : own.LastModified);
    }

    /// <summary>The ETag as it is sent.</summary>
    public string Text { get; }

    /// <summary>Whole seconds.</summary>
    public DateTimeOffset LastModified { get; }

    public bool IsWeak => Text[0] == 'W';

    public EntityTagHeaderValue Tag => EntityTagHeaderValue.Parse(Text);
}
