using System.Globalization;
using Addergate.Settings.LogFormats;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>The fields that are made of what every record has.</summary>
internal static class RecordFields
{
    public static PatternField For(LogFormatItem item, ServerFacts facts, FieldCharacters plain) =>
        (item.Letter, item.Argument) switch
        {
            ('a' or 'h', _) => new ShortField(static (line, record) => LineText.WriteAddress(line, record.RemoteAddress)),
            ('B', _) => new ShortField(static (line, record) => LineText.WriteNumber(line, Math.Max(0, record.BodyBytes))),
            ('b', _) => Plain(static record => record.BodyBytes > 0 ? Show(record.BodyBytes) : null),
            ('D', _) or ('T', "us") => Plain(static record => Show((long)record.Duration.TotalMicroseconds)),
            ('T', "ms") => Plain(static record => Show((long)record.Duration.TotalMilliseconds)),
            ('T', _) => Plain(static record => Show((long)record.Duration.TotalSeconds)),
            ('I', _) => Plain(static record => Show(record.BytesReceived)),
            ('O', _) => Plain(static record => Show(record.BytesSent)),
            ('S', _) => Plain(static record => Show(record.BytesReceived + record.BytesSent)),
            ('s', _) => new ShortField(static (line, record) => LineText.WriteNumber(line, record.Status)),
            ('n', _) => Plain(static record => record.QueueTime?.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture)),
            ('t', "") => new TimeField(),
            ('t', var time) => Time(time),
            ('r', _) => new RequestLineField(plain),
            ('m', _) => new TextField(static record => record.Method, plain),
            ('H', _) => new TextField(static record => record.Protocol, plain),
            ('L', _) => Plain(static record => record.RequestId),
            ('q', _) => new QueryField(plain),
            // Only the application gives a request an id.
            ('f', _) => Plain(record => record.RequestId.Length > 0 ? facts.Script : null),
            ('v', _) => Plain(_ => facts.Name),
            ('V', _) => new TextField(
                record => HostOf(record.Host) is { Length: > 0 } host ? host : facts.Name, plain),
            ('P', _) => Plain(static _ => Show(Environment.ProcessId)),
            ('e', var name) => Constant(facts.Variables.GetValueOrDefault(name) ?? Environment.GetEnvironmentVariable(name)),
            // As of every server that asks nobody for it.
            _ => Constant(null),
        };

    private static TextField Constant(string? text) => Plain(_ => text);

    // Not a client's words: spaces may stay, as in a time.
    private static TextField Plain(Func<AccessRecord, string?> text) => new(text, LineText.Quoted);

    private static string Show(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Show(long? number) => number is { } known ? Show(known) : null;

    private static TextField Time(string argument)
    {
        var time = AccessFormat.TimeOf(argument, out var isEnd);
        return Plain(record => Of(time, isEnd ? record.Start + record.Duration : record.Start));
    }

    private static string Of(string time, DateTimeOffset moment) => time switch
    {
        "" => $"[{StrftimePattern.Format("%d/%b/%Y:%H:%M:%S %z", moment.UtcDateTime)}]",
        "sec" => Show(moment.ToUnixTimeSeconds()),
        "msec" => Show(moment.ToUnixTimeMilliseconds()),
        "usec" => Show((moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond),
        "msec_frac" => moment.ToString("fff", CultureInfo.InvariantCulture),
        "usec_frac" => moment.ToString("ffffff", CultureInfo.InvariantCulture),
        _ => StrftimePattern.Format(time, moment.UtcDateTime),
    };

    private static string HostOf(string host)
    {
        var port = host.LastIndexOf(':');
        return port > host.LastIndexOf(']') ? host[..port] : host;
    }
}
