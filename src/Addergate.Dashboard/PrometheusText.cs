using Addergate.Wire.Administration;
using Addergate.Wire.Telemetry;

namespace Addergate.Dashboard;

/// <summary>The server's figures in the text format of Prometheus, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/). Counters of requests begin anew with a new front end.
/// </summary>
internal static class PrometheusText
{
    // Octaves from 1 ms on: finer ones tell little at the price of a line each.
    private const int FirstOctave = DurationBuckets.BelowMillisecond;

    private static readonly (RequestPhase Phase, string Name, string Help)[] Phases =
    [
        (RequestPhase.Whole, "request", "Time from a request's head to the end of its response."),
        (RequestPhase.FrontEnd, "front_end", "Part of it before the request waited for a worker."),
        (RequestPhase.Queue, "queue", "Part of it in which the request waited for a worker."),
        (RequestPhase.Application, "application", "Part of it in which a worker had the request."),
    ];

    public static string Write(IReadOnlyList<ApplicationTotals> applications, ServerSnapshot? server)
    {
        var text = new PrometheusWriter();
        Requests(text, applications);
        foreach (var (phase, name, help) in Phases)
        {
            Durations(text, applications, phase, $"addergate_{name}_duration_seconds", help);
        }

        Now(text, applications);
        if (server is not null)
        {
            Server(text, server);
            Processes(text, server);
        }

        return text.ToString();
    }

    private static void Requests(PrometheusWriter text, IReadOnlyList<ApplicationTotals> applications)
    {
        text.Begin("addergate_requests_total", "counter", "Requests that are over, by the class of their status.");
        foreach (var application in applications)
        {
            for (var index = 0; index < RequestCounts.Classes; index++)
            {
                text.Value(application.Counts.ByClass[index], ("application", application.Name), ("status", $"{index + 1}xx"));
            }
        }

        Each("addergate_clients_gone_total", "counter", "Requests whose client went before the response was whole.", static one => one.Counts.ClientsGone);
        Each("addergate_responses_cut_off_total", "counter", "Responses that the server cut off.", static one => one.Counts.CutOff);
        Each("addergate_request_body_bytes_total", "counter", "Bytes of request bodies.", static one => one.Counts.BytesIn);
        Each("addergate_response_body_bytes_total", "counter", "Bytes of response bodies.", static one => one.Counts.BytesOut);
        Each("addergate_requests_refused_total", "counter", "Requests answered 503 because the queue was full.", static one => one.Refused);
        Each("addergate_requests_timed_out_total", "counter", "Requests answered 504.", static one => one.TimedOut);
        Each("addergate_threads_busy_seconds_total", "counter", "Time in which request threads had a request, all together.", static one => one.Counts.BusySeconds);

        void Each(string name, string type, string help, Func<ApplicationTotals, double> value)
        {
            text.Begin(name, type, help);
            foreach (var application in applications)
            {
                text.Value(value(application), ("application", application.Name));
            }
        }
    }

    private static void Durations(
        PrometheusWriter text, IReadOnlyList<ApplicationTotals> applications, RequestPhase phase, string name, string help)
    {
        text.Begin(name, "histogram", help);
        foreach (var application in applications)
        {
            var durations = application.Counts[phase];
            var octaves = durations.ByOctave();
            var below = 0L;
            for (var octave = 0; octave <= DurationBuckets.Octaves; octave++)
            {
                below += octaves[octave];
                if (octave >= FirstOctave)
                {
                    var end = PrometheusWriter.Number(DurationBuckets.Shortest * Math.ScaleB(1, octave));
                    text.Value("_bucket", below, ("application", application.Name), ("le", end));
                }
            }

            text.Value("_bucket", durations.Count, ("application", application.Name), ("le", "+Inf"));
            text.Value("_sum", durations.Sum, ("application", application.Name));
            text.Value("_count", durations.Count, ("application", application.Name));
        }
    }

    private static void Now(PrometheusWriter text, IReadOnlyList<ApplicationTotals> applications)
    {
        Each("addergate_threads", "Request threads that get requests.", static one => one.Capacity);
        Each("addergate_threads_busy", "Request threads that had a request, on average over the last sample.", static one => one.Busy);
        Each("addergate_requests_waiting", "Requests that wait for a request thread.", static one => one.Waiting);
        Each("addergate_oldest_wait_seconds", "How long the first of them has waited.", static one => one.OldestWait);

        void Each(string name, string help, Func<ApplicationSample, double> value)
        {
            text.Begin(name, "gauge", help);
            foreach (var application in applications)
            {
                if (application.Last is { } last)
                {
                    text.Value(value(last), ("application", application.Name));
                }
            }
        }
    }

    private static void Server(PrometheusWriter text, ServerSnapshot server)
    {
        text.Begin("addergate_info", "gauge", "The server.");
        text.Value(1, ("version", server.Version));
        text.Begin("addergate_up", "gauge", "Whether the server serves: 0 while it starts or ends.");
        text.Value(server.State == "serving" ? 1 : 0);
        text.Begin("addergate_reloading", "gauge", "Whether a reload is under way.");
        text.Value(server.Reloading ? 1 : 0);
        text.Begin("addergate_generation", "gauge", "The generation of workers that gets requests.");
        foreach (var application in server.Applications)
        {
            text.Value(application.Generation, ("application", application.Name));
        }

        text.Begin("addergate_workers_recycled_total", "counter", "Workers that ended, by reason.");
        foreach (var (reason, count) in server.Recycled)
        {
            text.Value(count, ("reason", reason));
        }
    }

    private static void Processes(PrometheusWriter text, ServerSnapshot server)
    {
        Each("addergate_process_resident_memory_bytes", "gauge", "Resident memory.", static one => one.MemoryBytes);
        Each("addergate_process_cpu_seconds_total", "counter", "User and system time.", static one => one.CpuSeconds);
        Each("addergate_process_age_seconds", "gauge", "Since it was started.", static one => one.AgeSeconds);

        void Each(string name, string type, string help, Func<ProcessSnapshot, double?> value)
        {
            text.Begin(name, type, help);
            foreach (var process in server.Processes)
            {
                if (value(process) is { } known)
                {
                    text.Value(
                        known,
                        ("role", process.Role),
                        ("name", process.Name ?? ""),
                        ("pid", PrometheusWriter.Number(process.ProcessId)));
                }
            }
        }
    }
}
