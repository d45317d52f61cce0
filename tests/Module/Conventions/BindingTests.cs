using System.Management.Automation;

namespace BgpLoadBalancer.Module.Tests.Conventions;

/// <summary>What binds from the pipeline: names of things everywhere, their values only where things are made or tried.</summary>
public sealed class BindingTests
{
    // The thing itself, and where it is: neither is a name or a value.
    private static readonly string[] Self = ["InputObject", "Place", "Step"];

    private static readonly string[] Identities = ["Name", "PeerIPAddress", "Node", "Prefix", "Speaker", "Cluster", "Peer"];
    // The public surface says that these take files from the pipeline.
    private static readonly string[] OverFiles = ["Connect-BgpCluster", "Import-BgpClusterConfiguration"];
    private static readonly string[] MakingVerbs = ["New", "Add", "Test"];

    public static TheoryData<string> Names => [.. ModuleTypes.Cmdlets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_of_things_bind_by_property(string name)
    {
        foreach ((string parameter, ParameterAttribute[] declarations) in ModuleTypes.Parameters(ModuleTypes.Cmdlets[name]))
        {
            if (IsIdentity(name, parameter)) Assert.True(declarations.All(declaration => declaration.ValueFromPipelineByPropertyName), $"{name} -{parameter}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_bind_only_where_things_are_made_or_tried(string name)
    {
        if (MakingVerbs.Contains(ModuleTypes.Verb(name))) return;
        foreach ((string parameter, ParameterAttribute[] declarations) in ModuleTypes.Parameters(ModuleTypes.Cmdlets[name]))
        {
            if (IsIdentity(name, parameter) || Self.Contains(parameter) || (name, parameter) == ("Get-BgpFloatingIP", "Address")) continue;
            Assert.False(declarations.Any(declaration => declaration.ValueFromPipeline || declaration.ValueFromPipelineByPropertyName), $"{name} -{parameter}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_of_what_is_made_bind_by_property(string name)
    {
        if (ModuleTypes.Verb(name) is not ("New" or "Add")) return;
        foreach ((string parameter, ParameterAttribute[] declarations) in ModuleTypes.Parameters(ModuleTypes.Cmdlets[name]))
        {
            // Passwords do not stand in tables, nor does what goes past a refusal.
            if (Self.Contains(parameter) || parameter is "Password" or "Force") continue;
            Assert.True(declarations.All(declaration => declaration.ValueFromPipelineByPropertyName), $"{name} -{parameter}");
        }
    }

    // The address of a peer is what Set-BgpPeer changes, not how it finds the peer.
    private static bool IsIdentity(string name, string parameter) =>
        (parameter == "Path" && OverFiles.Contains(name))
        || (parameter == "Namespace" && name == "Get-BgpService")
        || (Identities.Contains(parameter) && !(ModuleTypes.Verb(name) == "Set" && parameter == "PeerIPAddress"));
}
