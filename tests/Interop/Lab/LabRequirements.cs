using BgpLoadBalancer.Interop.Tests.Routers;

namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>Skips a test, with the reason and the remedy, where the lab cannot be built.</summary>
internal static class LabRequirements
{
    private static readonly Lazy<Task<string?>> NamespaceRefusal = new(TryNamespaceAsync);

    private static readonly (string Program, string Package)[] Tools = [("ip", "iproute2"), ("arping", "iputils-arping")];

    public static async Task DemandAsync(RouterKind router)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Network namespaces are Linux only.");
        Assert.SkipUnless(SystemCalls.IsRoot, "Network namespaces need root: run ./build.sh test as root.");
        foreach ((string program, string package) in Tools) Demand(program, program, package);
        switch (router)
        {
            case RouterKind.Bird:
                Demand("bird", "BIRD", "bird2");
                break;
            case RouterKind.Frr:
                Demand("bgpd", "FRR", "frr");
                Demand("vtysh", "FRR", "frr");
                break;
            case RouterKind.GoBgp:
                Demand("gobgpd", "GoBGP", "gobgpd");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(router), router, null);
        }

        string? refusal = await NamespaceRefusal.Value;
        Assert.SkipUnless(refusal is null, $"This system makes no network namespaces: {refusal}");
    }

    private static void Demand(string program, string name, string package) =>
        Assert.SkipUnless(Command.Find(program) is not null, $"{name} is missing: apt-get install {package}");

    private static async Task<string?> TryNamespaceAsync()
    {
        string name = LabName.Next() + "-try";
        (int code, _, string error) = await Command.TryRunAsync("ip", "netns", "add", name);
        if (code != 0) return error.Trim();
        await NetworkNamespace.DeleteAsync(name);
        return null;
    }
}
