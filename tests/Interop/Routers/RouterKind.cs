namespace BgpLoadBalancer.Interop.Tests.Routers;

/// <summary>The routing daemons that the speaker is tried with.</summary>
public enum RouterKind
{
    Bird,
    Frr,
    GoBgp,
}

/// <summary>Theory data: every router.</summary>
public sealed class EveryRouter : TheoryData<RouterKind>
{
    public EveryRouter()
        : base(RouterKind.Bird, RouterKind.Frr, RouterKind.GoBgp)
    {
    }
}

/// <summary>Theory data: the routers that put routes into the kernel.</summary>
public sealed class EveryForwardingRouter : TheoryData<RouterKind>
{
    public EveryForwardingRouter()
        : base(RouterKind.Bird, RouterKind.Frr)
    {
    }
}
