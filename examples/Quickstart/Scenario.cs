using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Quickstart;

/// <summary>The steps of the quickstart. Each shows something, then makes sure of it.</summary>
internal sealed class Scenario(string executable, TextWriter output)
{
    private static readonly IPAddress First = IPAddress.Parse("127.0.0.11");
    private static readonly IPAddress Second = IPAddress.Parse("127.0.0.12");
    private static readonly IPAddress Vip = IPAddress.Parse("10.0.0.8");
    private static readonly IPPrefix VipPrefix = IPPrefix.Host(Vip);

    /// <exception cref="NotAsExpectedException">Something that is shown is not so.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("bgp-quickstart-");
        try
        {
            output.WriteLine("Two nodes announce a virtual IP to a router by BGP. All of it happens on this machine's loopback.");
            output.WriteLine();
            await using Router router = new(First, Second);
            output.WriteLine($"1. A router waits on {Router.Address}:{router.Port}, in AS {Router.Asn}, for neighbors {First} and {Second}.");
            output.WriteLine();

            await using Node first = new(executable, First, Vip, router.Port, folder.FullName);
            await using Node second = new(executable, Second, Vip, router.Port, folder.FullName);
            output.WriteLine($"2. On each node a bgpadvertiser starts, to announce {Vip}. This is the whole file of the first:");
            output.WriteLine();
            foreach (string line in first.Configuration.TrimEnd().Split('\n')) output.WriteLine($"      {line}");
            output.WriteLine();
            await ShowBothAsync(router, first, second, cancellationToken);
            await ShowWithdrawalAsync(router, first, second, cancellationToken);
            await ShowEndAsync(router, second, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task ShowBothAsync(Router router, Node first, Node second, CancellationToken cancellationToken)
    {
        foreach (Node node in (Node[])[first, second])
        {
            await node.HealthAddressAsync(cancellationToken);
            await router.WaitAsync(node.Address, session => Router.IsUp(session) && session.PathsReceived > 0, cancellationToken);
        }

        Show(router);
        Expect(router.Sessions.All(Router.IsUp), "both sessions are Established");
        Expect(NextHops(router).SequenceEqual([First, Second]), $"{VipPrefix} has the next hops {First} and {Second}, so traffic to it can go to either node");
        Expect(router.Routes.All(path => path.Attributes.AsPath is [{ Asns: [Router.NodeAsn] }]), $"its AS path is {Router.NodeAsn}");
        await CheckReadyAsync(first, cancellationToken);
        await CheckReadyAsync(second, cancellationToken);
        output.WriteLine();
    }

    private async Task ShowWithdrawalAsync(Router router, Node first, Node second, CancellationToken cancellationToken)
    {
        output.WriteLine($"3. The bgpadvertiser of {First} is ended, as when a node is taken out of service.");
        output.WriteLine();
        int exitCode = await first.StopAsync(cancellationToken);
        await router.WaitAsync(First, session => !Router.IsUp(session), cancellationToken);
        Show(router);
        Expect(exitCode == 0, "it ended with exit code 0");
        Expect(router.WasWithdrawn(First, VipPrefix), $"it withdrew {VipPrefix} first");
        Expect(router.Farewell(First) is { Code: BgpErrorCode.Cease, Subcode: CeaseSubcode.AdministrativeShutdown }, "then it closed the session with a Cease, so the router need not wait for a timer");
        Expect(NextHops(router).SequenceEqual([Second]), $"traffic to {Vip} now goes to {Second} alone");
        Expect((await router.WaitAsync(second.Address, Router.IsUp, cancellationToken)).Flaps == 0, $"the session of {Second} was not touched");
        output.WriteLine();
    }

    private async Task ShowEndAsync(Router router, Node second, CancellationToken cancellationToken)
    {
        output.WriteLine("4. The other one is ended too.");
        output.WriteLine();
        int exitCode = await second.StopAsync(cancellationToken);
        await router.WaitAsync(Second, session => !Router.IsUp(session), cancellationToken);
        RouterTables.WriteRoutes(output, router);
        Expect(exitCode == 0 && router.WasWithdrawn(Second, VipPrefix), "it withdrew its route and ended with exit code 0");
        Expect(router.Routes.Count == 0, "the router has no route left");
        output.WriteLine();
    }

    private void Show(Router router)
    {
        output.WriteLine("   The router's sessions:");
        RouterTables.WriteSessions(output, router, TimeProvider.System);
        output.WriteLine("   The router's routes:");
        RouterTables.WriteRoutes(output, router);
    }

    private async Task CheckReadyAsync(Node node, CancellationToken cancellationToken)
    {
        Uri url = new($"http://{await node.HealthAddressAsync(cancellationToken)}/readyz");
        using HttpClient client = new();
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(url, cancellationToken);
            Expect(answer.IsSuccessStatusCode, $"{node.Address} is ready: {url} says {(int)answer.StatusCode}");
        }
        catch (HttpRequestException exception)
        {
            throw new NotAsExpectedException($"{url} does not answer: {exception.Message}");
        }
    }

    private static IEnumerable<IPAddress> NextHops(Router router) =>
        router.Routes.Where(path => path.Prefix == VipPrefix).Select(path => path.NextHop).OrderBy(IPPrefix.Host);

    private void Expect(bool so, string what)
    {
        if (!so) throw new NotAsExpectedException(what);
        output.WriteLine($"   ok: {what}");
    }
}
