using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Addresses;

/// <summary>
/// Gives services their addresses (R22): the ingress service first, then who holds one by its status, then who was given one by the
/// plan before, then who asks for one, then the others; each group by namespace and name. What is held stays while it is in a pool, not
/// another's, and not against what the service asks for.
/// </summary>
internal sealed class AddressAllocator
{
    private readonly AddressSpace _space;
    private readonly Dictionary<AddressKey, ServiceInput> _owners;
    private readonly Dictionary<(string Pool, bool IsIPv6), FreeAddresses> _free = [];
    private readonly Func<AddressKey, bool> _isUsed;

    /// <param name="services">How many there are at most.</param>
    public AddressAllocator(AddressSpace space, int services)
    {
        _space = space;
        _owners = new(services);
        _isUsed = address => _owners.ContainsKey(address) || address == _space.Ingress || _space.IsOccupied(address);
    }

    /// <summary>A service keeps what it has, and takes no part in the rest.</summary>
    public void Settle(ServiceInput service, Assignment assignment)
    {
        if (assignment.IPv4 is { } ipv4) _owners.Add(ipv4, service);
        if (assignment.IPv6 is { } ipv6) _owners.Add(ipv6, service);
    }

    public bool IsOwned(AddressKey? address) => address is { } key && _owners.ContainsKey(key);

    /// <param name="services">In their order.</param>
    /// <param name="previous">What the plan before gave each of them; null for none.</param>
    public Assignment[] Allocate(ServiceInput[] services, Assignment?[] previous)
    {
        Assignment[] result = new Assignment[services.Length];
        for (int i = 0; i < result.Length; i++) result[i] = services[i].Request.Error is { } error ? Assignment.None with { Reason = error } : Assignment.None;
        for (int i = 0; i < result.Length; i++) if (IsOpen(i) && services[i].IsIngress) result[i] = Ingress(services[i], result[i]);
        for (int i = 0; i < result.Length; i++) if (IsOpen(i)) result[i] = Keep(services[i], result[i], services[i].HeldIPv4, services[i].HeldIPv6, previous[i]);
        for (int i = 0; i < result.Length; i++) if (IsOpen(i) && previous[i] is { } before) result[i] = Keep(services[i], result[i], before.IPv4, before.IPv6, before);
        for (int i = 0; i < result.Length; i++) if (IsOpen(i) && services[i].Request.HasAddress) result[i] = Give(services[i], result[i]);
        for (int i = 0; i < result.Length; i++) if (IsOpen(i)) result[i] = Give(services[i], result[i]);
        return result;

        bool IsOpen(int i) => result[i].Reason is null && (Lacks(services[i], result[i], false) || Lacks(services[i], result[i], true));
    }

    private static bool Lacks(ServiceInput service, Assignment assignment, bool isIPv6) => service.Wants(isIPv6) && assignment.Of(isIPv6) is null;

    private Assignment Ingress(ServiceInput service, Assignment assignment) =>
        _space.Ingress is { } vip && vip != _space.ControlPlane && service.Wants(vip.IsIPv6) && _space.PoolOf(vip) is { } pool ? Claim(service, assignment, vip, pool) : assignment;

    /// <param name="before">Taken over as an object when it says just that: most services do not change.</param>
    private Assignment Keep(ServiceInput service, Assignment assignment, AddressKey? ipv4, AddressKey? ipv6, Assignment? before)
    {
        (AddressKey Address, AddressPool Pool)? first = Keepable(service, assignment, ipv4, null);
        string? pool = first?.Pool.Name ?? assignment.PoolIPv4;
        (AddressKey Address, AddressPool Pool)? second = Keepable(service, assignment, ipv6, pool);
        if (first is { } four) _owners.Add(four.Address, service);
        if (second is { } six) _owners.Add(six.Address, service);
        if (assignment.IsEmpty && before is { Reason: null } && before.IPv4 == first?.Address && before.IPv6 == second?.Address
            && before.PoolIPv4 == first?.Pool.Name && before.PoolIPv6 == second?.Pool.Name)
        {
            return before;
        }

        if (first is { } kept) assignment = assignment.With(kept.Address, kept.Pool.Name);
        return second is { } kept6 ? assignment.With(kept6.Address, kept6.Pool.Name) : assignment;
    }

    /// <param name="otherPool">Where the other family's address is from: both come from one pool.</param>
    private (AddressKey Address, AddressPool Pool)? Keepable(ServiceInput service, Assignment assignment, AddressKey? address, string? otherPool)
    {
        if (address is not { } held || !Lacks(service, assignment, held.IsIPv6)) return null;
        if (service.Request.Of(held.IsIPv6) is { } wanted && wanted != held) return null;
        if (held == _space.ControlPlane || held == _space.Ingress || _owners.ContainsKey(held)) return null;
        if (_space.PoolOf(held) is not { } pool || (service.Request.Pool is { } name && name != pool.Name)) return null;
        otherPool ??= assignment.PoolOf(!held.IsIPv6);
        return otherPool is null || otherPool == pool.Name ? (held, pool) : null;
    }

    private Assignment Give(ServiceInput service, Assignment assignment)
    {
        foreach (AddressKey? request in (ReadOnlySpan<AddressKey?>)[service.Request.IPv4, service.Request.IPv6])
        {
            if (request is not { } wanted || assignment.Of(wanted.IsIPv6) is not null) continue;
            (AddressPool? pool, PlanReason? reason) = Judge(service, assignment, wanted);
            if (pool is null) return assignment with { Reason = reason };
            assignment = Claim(service, assignment, wanted, pool);
        }

        bool ipv4 = Lacks(service, assignment, false);
        bool ipv6 = Lacks(service, assignment, true);
        if (!ipv4 && !ipv6) return assignment;
        string? bound = assignment.PoolIPv4 ?? assignment.PoolIPv6;
        string? only = bound ?? service.Request.Pool;
        if (only is not null && !_space.Pools.Any(pool => pool.Name == only)) return assignment with { Reason = new(PlanReasonCode.UnknownPool, $"The service asks for pool {only}, which does not exist; there {AllocationReasons.Pools(_space)}.") };
        foreach (AddressPool pool in _space.Pools)
        {
            if (only is null ? pool.ManualAssign : pool.Name != only) continue;
            AddressKey? first = ipv4 ? Free(pool, false) : null;
            AddressKey? second = ipv6 ? Free(pool, true) : null;
            if ((ipv4 && first is null) || (ipv6 && second is null)) continue;
            if (first is { } address) assignment = Claim(service, assignment, address, pool);
            if (second is { } address6) assignment = Claim(service, assignment, address6, pool);
            return assignment;
        }

        return assignment with { Reason = AllocationReasons.WhyNone(_space, only, bound is not null, ipv4, ipv6) };
    }

    private (AddressPool? Pool, PlanReason? Reason) Judge(ServiceInput service, Assignment assignment, AddressKey wanted)
    {
        string text = wanted.ToAddress().ToString();
        if (_space.PoolOf(wanted) is not { } pool) return (null, new(PlanReasonCode.AddressInNoPool, $"The service asks for {text}, which is in no address pool; there {AllocationReasons.Pools(_space)}."));
        string? only = assignment.PoolOf(!wanted.IsIPv6) ?? service.Request.Pool;
        PlanReason? reason =
            only is not null && only != pool.Name ? new(PlanReasonCode.AddressNotInRequestedPool, $"The service asks for {text}, which is in pool {pool.Name} and not in {only}.")
            : wanted == _space.Ingress ? new(PlanReasonCode.AddressReserved, $"The service asks for {text}, the ingress VIP, which is for {ServiceInput.IngressNamespace}/{ServiceInput.IngressName}.")
            : _space.Occupant(wanted) is { } occupant ? new(PlanReasonCode.AddressReserved, $"The service asks for {text}, which is {occupant}.")
            : AddressSpace.IsAvoided(pool, wanted) ? new(PlanReasonCode.AddressAvoided, $"The service asks for {text}, and pool {pool.Name} avoids addresses that end in .0 or .255.")
            : _owners.TryGetValue(wanted, out ServiceInput? owner) ? new(PlanReasonCode.AddressTaken, $"The service asks for {text}, which service {owner.Namespace}/{owner.Name} has.")
            : null;
        return reason is null ? (pool, null) : (null, reason);
    }

    private AddressKey? Free(AddressPool pool, bool isIPv6)
    {
        if (!_free.TryGetValue((pool.Name, isIPv6), out FreeAddresses? free)) _free[(pool.Name, isIPv6)] = free = new(pool, isIPv6);
        return free.Peek(_isUsed);
    }

    private Assignment Claim(ServiceInput service, Assignment assignment, AddressKey address, AddressPool pool)
    {
        _owners.Add(address, service);
        return assignment.With(address, pool.Name);
    }
}
