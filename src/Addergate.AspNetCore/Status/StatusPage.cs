using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Addergate.Wire.Administration;

namespace Addergate.AspNetCore.Status;

/// <summary>A snapshot as a page without scripts.</summary>
internal static class StatusPage
{
    private const string Style =
        "body{font:15px system-ui,sans-serif;margin:2em;color:#222}table{border-collapse:collapse;margin:1em 0}"
        + "td,th{padding:.2em 1em .2em 0;text-align:left;border-bottom:1px solid #ddd}td.n{text-align:right}";

    public static byte[] Write(ServerSnapshot server)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Addergate: server status</title><style>")
            .Append(Style).Append("</style></head><body>\n<h1>Addergate ").Append(Encode(server.Version)).Append("</h1>\n<table>\n");
        Row(page, "Application", server.Application);
        Row(page, "URLs", string.Join(" ", server.Urls));
        Row(page, "State", server.Reloading ? $"{server.State}, reloading" : server.State);
        Row(page, "Generation", Number(server.Generation));
        Row(page, "Requests running", $"{Number(server.Running)} of {Number(server.Capacity)} at once");
        Row(page, "Requests waiting", server.Waiting > 0
            ? $"{Number(server.Waiting)}, the first for {Seconds(server.OldestWaitSeconds)}"
            : "0");
        Row(page, "Requests answered by workers", Number(server.Completed));
        Row(page, "Refused (503), timed out (504)", $"{Number(server.Refused)}, {Number(server.TimedOut)}");
        Row(page, "Workers recycled", server.Recycled.Count == 0
            ? "0"
            : string.Join(", ", server.Recycled.Select(static reason => $"{reason.Key} {Number(reason.Value)}")));
        page.Append("</table>\n<table>\n<tr><th>Process</th><th>Pid</th><th>State</th><th>Age</th><th>Memory</th><th>Running</th>")
            .Append("<th>Answered</th><th>Idle</th></tr>\n");
        foreach (var process in server.Processes)
        {
            Process(page, process);
        }

        page.Append("</table>\n</body></html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void Process(StringBuilder page, ProcessSnapshot process)
    {
        var name = process.Number is { } number ? $"{process.Role} {number}" : $"{process.Role} {process.Name}".TrimEnd();
        page.Append("<tr><td>").Append(Encode(name)).Append("</td>");
        Cell(page, process.ProcessId.ToString(CultureInfo.InvariantCulture));
        page.Append("<td>").Append(Encode(process.State)).Append("</td>");
        Cell(page, Seconds(process.AgeSeconds));
        Cell(page, process.MemoryBytes is { } bytes ? $"{Number(bytes >> 20)} MiB" : "");
        Cell(page, process.Threads is { } threads ? $"{Number(process.Running ?? 0)} of {Number(threads)}" : "");
        Cell(page, process.Completed is { } completed ? Number(completed) : "");
        Cell(page, process.IdleSeconds is { } idle ? Seconds(idle) : "");
        page.Append("</tr>\n");
    }

    private static void Row(StringBuilder page, string name, string value) =>
        page.Append("<tr><th>").Append(name).Append("</th><td>").Append(Encode(value)).Append("</td></tr>\n");

    private static void Cell(StringBuilder page, string value) =>
        page.Append("<td class=\"n\">").Append(value).Append("</td>");

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:#,0.0} s");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
