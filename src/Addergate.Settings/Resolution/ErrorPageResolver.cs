using System.Globalization;
using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Pages for errors.</summary>
internal static class ErrorPageResolver
{
    internal static ErrorPageSettings Resolve(SettingValues values, IMachine machine, List<string> warnings)
    {
        var documents = new List<ErrorDocument>();
        foreach (var (pair, written) in values.Each(ErrorPageDeclarations.Document))
        {
            var status = int.Parse(pair.Name, CultureInfo.InvariantCulture);
            var origin = $"{written.Origin} {pair.Name}";
            if (documents.Exists(other => other.Status == status))
            {
                values.Wrong($"{written.Origin} names {pair.Name} twice", "give each status once");
            }

            if (ErrorPageDeclarations.IsElsewhere(pair.Text))
            {
                Elsewhere(values, documents, status, origin, pair.Text);
            }
            else if (pair.Text[0] == '/')
            {
                Url(values, machine, warnings, documents, status, origin, pair.Text);
            }
            else
            {
                FileOf(values, machine, documents, status, origin, pair.Text);
            }
        }

        var overrides = values.Get(ErrorPageDeclarations.Override);
        if (overrides && documents.Count == 0)
        {
            warnings.Add(
                $"{ErrorPageDeclarations.Override.Option} has no effect without {ErrorPageDeclarations.Document.Option}");
        }

        return new ErrorPageSettings { Documents = documents, Overrides = overrides };
    }

    private static void Elsewhere(
        SettingValues values, List<ErrorDocument> documents, int status, string origin, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            values.Wrong($"{origin}: \"{text}\" is no URL");
            return;
        }

        if (status == 401)
        {
            // RFC 9110, 11.6.1: a redirection carries no challenge, and nobody could log in.
            values.Wrong($"{origin}: 401 needs a page of this site", "write the path of a file or of a URL here");
        }

        documents.Add(new ErrorDocument(status, ErrorDocumentKind.Elsewhere, url.AbsoluteUri));
    }

    private static void Url(
        SettingValues values, IMachine machine, List<string> warnings, List<ErrorDocument> documents, int status, string origin,
        string text)
    {
        var query = text.IndexOf('?');
        var path = query < 0 ? text : text[..query];
        if (UrlPaths.Read(values, origin, path) is null)
        {
            return;
        }

        if (machine.KindOf(path) == PathKind.File)
        {
            warnings.Add($"{origin}: {path} is taken for a URL; write {ErrorPageDeclarations.FilePrefix}{path} for the file");
        }

        documents.Add(new ErrorDocument(status, ErrorDocumentKind.Url, text));
    }

    private static void FileOf(
        SettingValues values, IMachine machine, List<ErrorDocument> documents, int status, string origin, string text)
    {
        var path = Paths.Absolute(
            machine,
            text.StartsWith(ErrorPageDeclarations.FilePrefix, StringComparison.Ordinal)
                ? text[ErrorPageDeclarations.FilePrefix.Length..]
                : text);
        var kind = machine.KindOf(path);
        if (kind != PathKind.File)
        {
            values.Wrong(
                kind == PathKind.Missing ? $"{origin}: there is no file {path}" : $"{origin}: {path} is a directory",
                "write the path of a file, or a URL of the site, which begins with a slash");
        }

        documents.Add(new ErrorDocument(status, ErrorDocumentKind.File, path));
    }
}
