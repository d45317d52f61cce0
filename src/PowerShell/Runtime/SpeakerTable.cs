using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>
/// The speakers of the process by name, so that parallel runspaces see the same ones. They outlive runspaces, and a new import of the
/// module; when the process ends or the module goes for good (<see cref="ModuleLifetime"/>), each says goodbye to its peers.
/// </summary>
internal static class SpeakerTable
{
    private static readonly ConcurrentDictionary<string, RunningSpeaker> s_speakers = new(StringComparer.OrdinalIgnoreCase);
    private static readonly TimeSpan s_exitLimit = TimeSpan.FromSeconds(3);

    static SpeakerTable() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => StopAllAsync().Wait(s_exitLimit);

    public static IEnumerable<RunningSpeaker> All => s_speakers.Values.OrderBy(speaker => speaker.Name, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Names => All.Select(speaker => speaker.Name);

    public static bool TryGet(string name, [NotNullWhen(true)] out RunningSpeaker? speaker) => s_speakers.TryGetValue(name, out speaker);

    /// <summary>The first of speaker1, speaker2 … that is free.</summary>
    public static string FreeName() => Enumerable.Range(1, int.MaxValue).Select(number => $"speaker{number}").First(name => !s_speakers.ContainsKey(name));

    public static bool TryAdd(RunningSpeaker speaker) => s_speakers.TryAdd(speaker.Name, speaker);

    /// <summary>Forgets the speaker; whoever got true stops it.</summary>
    public static bool TryRemove(RunningSpeaker speaker) => s_speakers.TryRemove(new(speaker.Name, speaker));

    public static async Task StopAsync(RunningSpeaker speaker)
    {
        await speaker.Engine.StopAsync(BgpStopMode.Shutdown).ConfigureAwait(false);
        speaker.Events.Complete();
    }

    /// <summary>Stops each, and forgets it.</summary>
    public static Task StopAllAsync() => Task.WhenAll(All.Where(TryRemove).Select(StopAsync));
}
