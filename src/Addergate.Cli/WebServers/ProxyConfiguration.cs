using System.Text;
using Addergate.Cli.Commands;
using Addergate.Cli.Configuration;
using Addergate.Cli.Machines;
using Addergate.Cli.Terminals;
using Addergate.Settings.Sources;

namespace Addergate.Cli.WebServers;

/// <summary>Prints what a web server in front needs, with what this server needs to be told at its top.</summary>
internal static class ProxyConfiguration
{
    internal static OwnOptions Options { get; } = new()
    {
        Flags = [FrontSitePlan.HttpsRedirect],
        Values =
        [
            FrontSitePlan.Port, FrontSitePlan.HttpsPort, FrontSitePlan.Certificate, FrontSitePlan.CertificateKey,
        ],
    };

    /// <param name="kind">Which web server.</param>
    /// <param name="line">Its options beside those of start-server.</param>
    /// <param name="preface">Further comments for the top, lines without a mark.</param>
    /// <returns>The exit status.</returns>
    internal static int Print(WebServerKind kind, CommandLine line, IReadOnlyList<string> preface)
    {
        var machine = new LocalMachine();
        var planned = ServerPlanning.Plan(line, machine, new Layout(AppContext.BaseDirectory));
        var mistakes = planned.Mistakes.ToList();
        if (planned.Settings is not { } settings)
        {
            MistakeReport.Write(StandardStream.Error, mistakes, "");
            return ExitStatus.Usage;
        }

        var site = FrontSitePlan.Make(settings, line, machine.CurrentDirectory, mistakes);
        if (mistakes.Count > 0)
        {
            MistakeReport.Write(StandardStream.Error, mistakes, "");
            return ExitStatus.Usage;
        }

        var text = new StringBuilder();
        foreach (var comment in preface)
        {
            Comment(comment);
        }

        Comment($"A site of {kind.Name} in front of Addergate on {site.Upstream}. Put it into");
        Comment($"    {kind.Place}");
        Comment($"    {kind.Test}");
        Comment(TrustAdvice.Options(settings, kind) is { } options
            ? $"and start Addergate with, beside its other options:\n#     {options}"
            : "Addergate's settings trust it already.");
        if (settings.Names.HttpsOnly && site.HttpsPort is null)
        {
            Comment("--https-only sends browsers to HTTPS by what the site says of the scheme: have it speak HTTPS, too.");
        }

        text.Append('\n').Append(kind.Write(site));
        StandardStream.Output.Write(text.ToString());
        return ExitStatus.Success;

        void Comment(string comment) => text.Append("# ").Append(comment).Append('\n');
    }
}
