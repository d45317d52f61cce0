using BgpLoadBalancer.PowerShell.Loading;

namespace BgpLoadBalancer.Module.Tests.Loading;

public sealed class AssemblyResolutionTests
{
    private static readonly string[] ModuleFiles = ["/m/BgpLoadBalancer.dll", "/m/BgpLoadBalancer.Bgp.dll", "/m/BgpLoadBalancer.Cluster.dll", "/m/BgpLoadBalancer.Node.dll"];

    // Copies of what is shared lie here too, as a careless build may leave them.
    private static readonly string[] DependencyFiles =
    [
        "/m/D/BgpLoadBalancer.Yaml.dll", "/m/D/YamlDotNet.dll", "/m/D/BgpLoadBalancer.Bgp.dll", "/m/D/BgpLoadBalancer.Node.dll",
        "/m/D/System.Management.Automation.dll", "/m/D/Microsoft.PowerShell.Commands.Utility.dll",
    ];

    [Theory]
    [InlineData("BgpLoadBalancer.Yaml", "/m/D/BgpLoadBalancer.Yaml.dll")]
    [InlineData("YamlDotNet", "/m/D/YamlDotNet.dll")]
    [InlineData("yamldotnet", "/m/D/YamlDotNet.dll")]
    public void A_file_of_the_dependencies_answers_its_name(string name, string path) =>
        Assert.Equal(new AssemblySource(AssemblyOrigin.Private, path), AssemblyResolution.Resolve(name, ModuleFiles, DependencyFiles));

    [Theory]
    [InlineData("BgpLoadBalancer", "/m/BgpLoadBalancer.dll")]
    [InlineData("BgpLoadBalancer.Bgp", "/m/BgpLoadBalancer.Bgp.dll")]
    [InlineData("BgpLoadBalancer.Cluster", "/m/BgpLoadBalancer.Cluster.dll")]
    [InlineData("BgpLoadBalancer.Node", "/m/BgpLoadBalancer.Node.dll")]
    public void What_is_shared_is_the_modules(string name, string path) =>
        Assert.Equal(new AssemblySource(AssemblyOrigin.Shared, path), AssemblyResolution.Resolve(name, ModuleFiles, DependencyFiles));

    [Theory]
    [InlineData("BgpLoadBalancer.Bgp")]
    [InlineData("BgpLoadBalancer.Node")]
    public void What_is_shared_is_never_private_even_when_the_module_lacks_it(string name) =>
        Assert.Equal(AssemblyOrigin.Host, AssemblyResolution.Resolve(name, [], DependencyFiles).Origin);

    [Theory]
    [InlineData("System.Management.Automation")]
    [InlineData("Microsoft.PowerShell.Commands.Utility")]
    [InlineData("System.Text.Json")]
    [InlineData("YamlDotNet.resources")]
    [InlineData("")]
    public void The_rest_is_the_hosts(string name) => Assert.Equal(AssemblyOrigin.Host, AssemblyResolution.Resolve(name, ModuleFiles, DependencyFiles).Origin);
}
