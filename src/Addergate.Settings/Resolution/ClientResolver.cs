using Addergate.Settings.Declarations;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Patience with clients.</summary>
internal static class ClientResolver
{
    internal static ClientSettings Resolve(SettingValues values, List<string> warnings)
    {
        var socket = values.Get(ClientDeclarations.SocketTimeout);
        var clients = new ClientSettings
        {
            KeepAlive = values.Get(ClientDeclarations.KeepAliveTimeout),
            HeaderTimeout = values.Get(ClientDeclarations.HeaderTimeout),
            HeaderMaxTimeout = values.Get(ClientDeclarations.HeaderMaxTimeout),
            HeaderMinRate = (int)values.Get(ClientDeclarations.HeaderMinRate),
            BodyTimeout = values.Get(ClientDeclarations.BodyTimeout),
            BodyMaxTimeout = values.Get(ClientDeclarations.BodyMaxTimeout),
            BodyMinRate = (int)values.Get(ClientDeclarations.BodyMinRate),
            Socket = socket,
            ResponseSocket = values.TryGet(ClientDeclarations.ResponseSocketTimeout, out var response)
                && response > TimeSpan.Zero ? response : socket,
            MaxClients = values.TryGet(ClientDeclarations.MaxClients, out var most) ? most : null,
        };
        Check(ClientDeclarations.HeaderTimeout, ClientDeclarations.HeaderMaxTimeout, ClientDeclarations.HeaderMinRate);
        Check(ClientDeclarations.BodyTimeout, ClientDeclarations.BodyMaxTimeout, ClientDeclarations.BodyMinRate);
        return clients;

        void Check(Setting<TimeSpan> first, Setting<TimeSpan> most, Setting<long> rate)
        {
            var (from, to) = (values.Get(first), values.Get(most));
            if (to > TimeSpan.Zero && from > to)
            {
                var origin = values.Written(most)?.Origin ?? most.Option;
                values.Wrong(
                    $"{values.Written(first)?.Origin ?? first.Option} {first.Kind.Show(from)} is longer than "
                    + $"{origin} {most.Kind.Show(to)}",
                    $"raise {most.Option}, or turn it off with 0");
            }

            foreach (var setting in (ReadOnlySpan<Setting>)[most, rate])
            {
                if (from == TimeSpan.Zero && values.Written(setting) is { } idle && (setting != most || to > TimeSpan.Zero))
                {
                    warnings.Add($"{idle.Origin} has no effect without {first.Option}");
                }
            }
        }
    }
}
