namespace BgpLoadBalancer.Node.Tests;

public sealed class IpCommandTests
{
    [Fact]
    public async Task A_missing_program_is_named_with_its_package()
    {
        IpCommand command = new(null, TimeProvider.System, program: "no-such-ip");

        NodeNetworkException error = await Assert.ThrowsAsync<NodeNetworkException>(() => command.RunAsync(["link"], TestContext.Current.CancellationToken));
        Assert.Equal(NodeNetworkFault.ToolMissing, error.Fault);
        Assert.Contains("'no-such-ip' cannot be started", error.Message, StringComparison.Ordinal);
        Assert.Contains("iproute2", error.Message, StringComparison.Ordinal);
    }
}
