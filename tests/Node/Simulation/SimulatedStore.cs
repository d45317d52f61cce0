using System.Globalization;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.Simulation;

/// <summary>One lease, with the API server's rule: a write names the version that it replaces.</summary>
internal sealed class SimulatedStore(SimulatedWorld world)
{
    private int _version = 100;

    public bool Available { get; set; } = true;

    public LeaseResource? Lease { get; private set; }

    /// <summary>After each change.</summary>
    public event Action<LeaseResource?>? Changed;

    /// <returns>False on a conflict.</returns>
    public bool TryWrite(LeaseWrite write, LeaseResource? expected, string node)
    {
        if (Lease?.Metadata.ResourceVersion != expected?.Metadata.ResourceVersion) return false;
        if (write == LeaseWrite.Delete) Delete();
        else Put(write switch { LeaseWrite.Create => LeaseRecord.Unclaimed, LeaseWrite.Take => node, _ => null });
        return true;
    }

    /// <summary>Somebody deletes the lease, whoever holds it.</summary>
    public void Delete()
    {
        if (Lease is null) return;
        Lease = null;
        world.Note("store", $"lease deleted");
        Changed?.Invoke(null);
    }

    private void Put(string? holder)
    {
        string version = (++_version).ToString(CultureInfo.InvariantCulture);
        Lease = new()
        {
            Metadata = new() { Name = "lease", ResourceVersion = version },
            Holder = holder,
            DurationSeconds = (int)world.Settings.Lease.TotalSeconds,
        };
        world.Note("store", $"lease {version} names {holder ?? "nobody"}");
        Changed?.Invoke(Lease);
    }
}
