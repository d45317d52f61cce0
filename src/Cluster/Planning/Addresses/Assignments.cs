using BgpLoadBalancer.Cluster.Planning.Network;

namespace BgpLoadBalancer.Cluster.Planning.Addresses;

/// <summary>
/// The addresses of all services, with only the work that is needed: a service whose address can be nobody's but its own keeps it, and the
/// allocator runs for the others.
/// </summary>
internal static class Assignments
{
    /// <param name="inputs">In their order.</param>
    /// <param name="before">Each of them in the plan before; null for none.</param>
    public static Assignment[] Make(NetworkPlan network, ServiceInput[] inputs, PlannedService?[] before, ClusterPlan? previous)
    {
        Assignment[] result = new Assignment[inputs.Length];
        if (previous is not null && AsksLike(network, inputs, before, previous))
        {
            for (int i = 0; i < result.Length; i++) result[i] = before[i]!.Assignment;
            return result;
        }

        if (network.NoServices is not null) Array.Fill(result, Assignment.None);
        else if (!TryFewer(network.Addresses, inputs, before, result)) Run(new(network.Addresses, inputs.Length), [.. Ours(inputs, result)], inputs, before, result);
        return result;
    }

    // The same pools and the same wishes have the same answer, since an answer once given stays.
    private static bool AsksLike(NetworkPlan network, ServiceInput[] inputs, PlannedService?[] before, ClusterPlan previous)
    {
        if (previous.Services.Length != inputs.Length || !ReferenceEquals(network.Addresses, previous.Network.Addresses)) return false;
        for (int i = 0; i < inputs.Length; i++) if (before[i] is not { } service || !inputs[i].AsksLike(service.Input)) return false;
        return true;
    }

    // Of the allocator's turns, the settled ones' is before any that could take their address from them, but for one: another service that holds the
    // address by its status. Then all have to run.
    private static bool TryFewer(AddressSpace space, ServiceInput[] inputs, PlannedService?[] before, Assignment[] result)
    {
        AddressAllocator allocator = new(space, inputs.Length);
        List<int> open = [];
        foreach (int i in Ours(inputs, result))
        {
            if (before[i] is { } service && IsSettled(space, inputs[i], service))
            {
                result[i] = service.Assignment;
                allocator.Settle(inputs[i], service.Assignment);
            }
            else
            {
                open.Add(i);
            }
        }

        foreach (int i in open) if (allocator.IsOwned(inputs[i].HeldIPv4) || allocator.IsOwned(inputs[i].HeldIPv6)) return false;
        Run(allocator, [.. open], inputs, before, result);
        return true;
    }

    private static bool IsSettled(AddressSpace space, ServiceInput input, PlannedService before)
    {
        Assignment assignment = before.Assignment;
        return !input.IsIngress
            && (ReferenceEquals(input, before.Input) || input.AsksLike(before.Input))
            && assignment.Reason is null
            && IsSettled(space, input, assignment, isIPv6: false)
            && IsSettled(space, input, assignment, isIPv6: true);
    }

    private static bool IsSettled(AddressSpace space, ServiceInput input, Assignment assignment, bool isIPv6)
    {
        AddressKey? given = assignment.Of(isIPv6);
        if (!input.Wants(isIPv6)) return given is null;
        return given is { } address
            && (input.Held(isIPv6) is not { } held || held == address)
            && address != space.Ingress
            && address != space.ControlPlane
            && space.PoolOf(address)?.Name == assignment.PoolOf(isIPv6);
    }

    private static void Run(AddressAllocator allocator, int[] open, ServiceInput[] inputs, PlannedService?[] before, Assignment[] result)
    {
        ServiceInput[] services = new ServiceInput[open.Length];
        Assignment?[] previous = new Assignment?[open.Length];
        for (int i = 0; i < open.Length; i++) (services[i], previous[i]) = (inputs[open[i]], before[open[i]]?.Assignment);
        Assignment[] assigned = allocator.Allocate(services, previous);
        for (int i = 0; i < open.Length; i++) result[open[i]] = assigned[i];
    }

    // Another implementation's get nothing.
    private static IEnumerable<int> Ours(ServiceInput[] inputs, Assignment[] result)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (ServicePlanner.IsOurs(inputs[i])) yield return i;
            else result[i] = Assignment.None;
        }
    }
}
