using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

/// <summary>Speakers in a net whose peers and routes change at random while sessions come and go: once it is quiet, every peer has exactly what was declared.</summary>
public class ManySpeakers
{
    [Theory]
    [InlineData(1, 8, 150)]
    [InlineData(2, 12, 300)]
    [InlineData(3, 4, 300)]
    public async Task Agree_once_it_is_quiet(int seed, int speakers, int steps)
    {
        await using SpeakerNet net = new(seed, speakers);
        for (int i = 0; i < steps; i++) await net.StepAsync();
        await net.SettleAsync();
        net.AssertAgreed();
    }
}

/// <summary>Speakers 0 to n-1, each with links to some others. Of a link the later one dials, and of every third both do.</summary>
internal sealed class SpeakerNet : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryTransport _transport = new();
    private readonly Random _random;
    private readonly BgpSpeaker[] _speakers;
    private readonly HashSet<(int Low, int High)> _links = [];
    private readonly List<Task> _removals = [];

    public SpeakerNet(int seed, int count)
    {
        _random = new Random(seed);
        _speakers = [.. Enumerable.Range(0, count).Select(i => new BgpSpeaker(new()
        {
            LocalAsn = Asn(i), TimeProvider = _time, Transport = _transport, Seed = seed + i, Listen = [new(Address(i), 179)],
        }))];
        foreach (BgpSpeaker speaker in _speakers) speaker.Start();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task StepAsync()
    {
        int a = _random.Next(_speakers.Length);
        int b = (a + 1 + _random.Next(_speakers.Length - 1)) % _speakers.Length;
        (int Low, int High) link = (Math.Min(a, b), Math.Max(a, b));
        switch (_random.Next(8))
        {
            case 0 or 1:
                if (_links.Add(link)) Add(link);
                break;
            case 2:
                if (_links.Remove(link)) await RemoveAsync(link);
                break;
            case 3:
                _speakers[a].ResetSession(Name(b), soft: _random.Next(2) == 0);
                break;
            case 4:
                _speakers[a].SetRoutes([.. Enumerable.Range(0, _random.Next(6)).Select(_ => RandomRoute(a))]);
                break;
            case 5:
                _speakers[a].ApplyRoutes([RouteChange.Withdraw(RandomPrefix(a))]);
                break;
            case 6:
                _time.Advance(TimeSpan.FromMilliseconds(_random.Next(1_500)));
                break;
            default:
                _speakers[a].ApplyRoutes([RouteChange.Announce(RandomPrefix(a), RandomPaths())]);
                break;
        }

        if (_random.Next(4) == 0) await Task.Yield();
    }

    /// <summary>Until every link is Established and has what was declared on both sides, and stays so while the clock goes on.</summary>
    public async Task SettleAsync()
    {
        Assert.NotEmpty(_links);
        int quiet = 0;
        for (int round = 0; round < 2_000 && quiet < 20; round++)
        {
            // Retries wait for the clock, which must not run away from the messages.
            for (int i = 0; i < 100; i++) await Task.Yield();
            quiet = _links.All(Agrees) ? quiet + 1 : 0;
            _time.Advance(TimeSpan.FromMilliseconds(250));
        }
    }

    public void AssertAgreed() => Assert.All(_links, link => Assert.True(Agrees(link), $"speakers {link.Low} and {link.High} do not agree"));

    public async ValueTask DisposeAsync()
    {
        Task stopped = Task.WhenAll(_speakers.Select(speaker => speaker.DisposeAsync().AsTask()).Concat(_removals));
        while (!stopped.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopped;
    }

    private static uint Asn(int i) => 65_000u + (uint)i;

    private static string Name(int i) => $"speaker{i}";

    private static IPAddress Address(int i) => new([10, 0, 0, (byte)(i + 1)]);

    private void Add((int Low, int High) link)
    {
        bool both = (link.Low + link.High) % 3 == 0;
        BgpPeerOptions Options(int self, int peer, bool dials) => new()
        {
            Name = Name(peer),
            PeerAddress = Address(peer),
            PeerAsn = Asn(peer),
            LocalAddress = Address(self),
            Connect = dials,
            Accept = true,
            AddPath = AddPathMode.Both,
            KeepReceivedRoutes = true,
            HoldTime = TimeSpan.Zero,
            GracefulRestart = self % 2 == 0 ? GracefulRestartOptions.Default : null,
        };
        _speakers[link.Low].AddPeer(Options(link.Low, link.High, both));
        _speakers[link.High].AddPeer(Options(link.High, link.Low, dials: true));
    }

    private async Task RemoveAsync((int Low, int High) link)
    {
        // Taken out at once; the connections may end while the next steps are done.
        _removals.Add(_speakers[link.Low].RemovePeerAsync(Name(link.High), cancellationToken: Stop).AsTask());
        if (_random.Next(2) == 0) await Task.Yield();
        _removals.Add(_speakers[link.High].RemovePeerAsync(Name(link.Low), cancellationToken: Stop).AsTask());
    }

    private IPPrefix RandomPrefix(int speaker) => IPPrefix.FromIPv4(0xCB000000u + ((uint)speaker << 8) + (uint)_random.Next(6), 32);

    private PathSet RandomPaths() => new([.. Enumerable.Range(1, 5).Where(_ => _random.Next(2) == 0).DefaultIfEmpty(6).Select(i => new IPAddress([10, 9, 9, (byte)i]))]);

    private Route RandomRoute(int speaker) => new(RandomPrefix(speaker), RandomPaths());

    private string Describe(int self, int peer)
    {
        BgpSessionInfo session = _speakers[self].GetSession(Name(peer))!;
        return $"{self} to {peer}: {session.State}, {session.Flaps} flaps, {session.PathsAdvertised} paths out of {Declared(self).Length}, {Received(self, peer).Length} in; {session.LastError}";
    }

    private bool Agrees((int Low, int High) link) => Agrees(link.Low, link.High) && Agrees(link.High, link.Low);

    private bool Agrees(int from, int to) =>
        Declared(from) is var declared
        && declared.SequenceEqual(Received(to, from))
        && _speakers[from].GetSession(Name(to)) is { State: BgpSessionState.Established } session
        && session.PathsAdvertised == declared.Length;

    private (IPPrefix, uint, IPAddress)[] Declared(int speaker) =>
        [.. _speakers[speaker].GetRoutes().SelectMany(route => route.Paths.ById.Select(path => (route.Prefix, path.PathId, path.NextHop)))];

    private (IPPrefix, uint, IPAddress)[] Received(int speaker, int from) =>
        [.. _speakers[speaker].GetReceivedRoutes(Name(from)).Select(path => (path.Prefix, path.PathId, path.NextHop))];
}
