using System.Text;
using System.Text.Json;
using Addergate.AspNetCore.Dispatch;
using Addergate.Wire;

namespace Addergate.AspNetCore.Status;

/// <summary>What the request threads do, as <c>mod_wsgi.server_metrics()</c> tells applications. Of the requests themselves
/// an application learns only what is its own; and nothing of query strings.</summary>
internal static class ThreadFacts
{
    // Behind this many bytes requests are left out: who gets a message beyond the limit ends the sender, and clients choose how
    // long what they ask for is.
    private const int MostOfRequests = WireLimits.MaxControlMessage / 2;

    /// <param name="applications">Whose.</param>
    /// <param name="asker">The place of the application that asks; of the requests of any other nothing is told.</param>
    public static string Write(WsgiApplications applications, ushort asker)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            for (var place = 0; place < applications.All.Count; place++)
            {
                foreach (var worker in applications.All[place].Pool.Slots.GroupBy(static slot => slot.Worker.Admission.ProcessId))
                {
                    json.WriteStartObject();
                    json.WriteNumber("pid", worker.Key);
                    json.WriteStartArray("threads");
                    foreach (var slot in worker)
                    {
                        slot.Describe(json, place == asker && json.BytesCommitted + json.BytesPending < MostOfRequests);
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
