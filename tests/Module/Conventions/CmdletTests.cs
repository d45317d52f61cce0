using System.Management.Automation;
using System.Reflection;

namespace BgpLoadBalancer.Module.Tests.Conventions;

/// <summary>What every cmdlet keeps to.</summary>
public sealed class CmdletTests
{
    private static readonly string[] ChangingVerbs = ["Add", "Disconnect", "Import", "Invoke", "New", "Remove", "Reset", "Set", "Start", "Stop"];
    private static readonly string[] PassThruVerbs = ["Remove", "Set", "Stop"];
    private static readonly string[] PluralNouns = ["BgpStatistics"];

    private static readonly HashSet<string> ApprovedVerbs =
    [
        .. new[] { typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity) }
            .SelectMany(group => group.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    public static TheoryData<string> Names => [.. ModuleTypes.Cmdlets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_verb_is_approved(string name) => Assert.Contains(ModuleTypes.Verb(name), ApprovedVerbs);

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_noun_is_singular(string name) => Assert.True(!ModuleTypes.Noun(name).EndsWith('s') || PluralNouns.Contains(ModuleTypes.Noun(name)), name);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_what_it_writes(string name) => Assert.NotEmpty(ModuleTypes.Outputs(ModuleTypes.Cmdlets[name]));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_asks_before_it_changes_something_and_only_then(string name) =>
        Assert.Equal(ChangingVerbs.Contains(ModuleTypes.Verb(name)), ModuleTypes.Cmdlets[name].GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_changed_it_writes_on_request(string name) =>
        Assert.True(!PassThruVerbs.Contains(ModuleTypes.Verb(name)) || ModuleTypes.Parameters(ModuleTypes.Cmdlets[name]).ContainsKey("PassThru"), name);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_gets_by_name_may_have_wildcards(string name)
    {
        if (ModuleTypes.Verb(name) != "Get") return;
        foreach (PropertyInfo parameter in ModuleTypes.Cmdlets[name].GetProperties().Where(property => property.Name is "Name" or "Node" or "Prefix"))
        {
            Assert.NotNull(parameter.GetCustomAttribute<SupportsWildcardsAttribute>());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_sealed_and_named_as_it_is_called(string name)
    {
        Type type = ModuleTypes.Cmdlets[name];
        Assert.True(type.IsSealed);
        Assert.Equal(name.Replace("-", "", StringComparison.Ordinal), type.Name);
    }

    // The table of the public surface.
    [Theory]
    [InlineData("Get-BgpPeer", "Name Speaker Cluster")]
    [InlineData("New-BgpPeer", "Name PeerIPAddress PeerASN LocalASN Sessions Label Port Speaker Cluster Force")]
    [InlineData("Set-BgpPeer", "Name PeerIPAddress PeerASN LocalASN Sessions Label Port Speaker Cluster Force PassThru")]
    [InlineData("Remove-BgpPeer", "Name Speaker Cluster Force PassThru")]
    [InlineData("Get-BgpLoadBalancer", "Name Cluster")]
    [InlineData("New-BgpLoadBalancer", "PeerSelector Name Cluster Force")]
    [InlineData("Set-BgpLoadBalancer", "PeerSelector Name Cluster Force PassThru")]
    [InlineData("Remove-BgpLoadBalancer", "Name Cluster Force PassThru")]
    [InlineData("Get-NetworkGatewayGroup", "Name Cluster")]
    [InlineData("New-NetworkGatewayGroup", "FloatingIPAddress Name Cluster Force")]
    [InlineData("Set-NetworkGatewayGroup", "FloatingIPAddress AddFloatingIPAddress RemoveFloatingIPAddress Name Cluster Force PassThru")]
    [InlineData("Remove-NetworkGatewayGroup", "Name Cluster Force PassThru")]
    [InlineData("Get-BgpControlPlanePeer", "PeerIPAddress PeerASN ControlPlaneNode Cluster")]
    [InlineData("Add-BgpControlPlanePeer", "PeerIPAddress PeerASN ControlPlaneNode Port Cluster Force")]
    [InlineData("Remove-BgpControlPlanePeer", "PeerIPAddress Cluster Force PassThru")]
    [InlineData("Get-BgpAddressPool", "Name Cluster")]
    [InlineData("Add-BgpAddressPool", "Name Address AvoidBuggyIPs ManualAssign Cluster Force")]
    [InlineData("Get-BgpSession", "PeerIPAddress Node State Speaker Cluster")]
    [InlineData("Wait-BgpSession", "State TimeoutSec PeerIPAddress Speaker")]
    [InlineData("Watch-BgpSession", "PeerIPAddress Speaker")]
    [InlineData("Reset-BgpSession", "Soft PeerIPAddress Speaker")]
    [InlineData("Start-BgpSpeaker", "Name LocalASN BgpIdentifier LocalIPAddress Port Passive AddPath")]
    [InlineData("Stop-BgpSpeaker", "Name PassThru")]
    [InlineData("Get-BgpSpeaker", "Name")]
    [InlineData("Get-BgpRoute", "Speaker Prefix NextHop Direction")]
    [InlineData("Add-BgpRoute", "Speaker Prefix NextHop")]
    [InlineData("Remove-BgpRoute", "Speaker Prefix NextHop PassThru")]
    [InlineData("Test-BgpPeering", "PeerIPAddress PeerASN LocalASN LocalIPAddress Port AdvertiseIPAddress BindInterface TimeoutSec Quiet Force")]
    [InlineData("Test-BgpClusterConfiguration", "Path Quiet")]
    [InlineData("Get-BgpStatistics", "PeerIPAddress Speaker")]
    [InlineData("Connect-BgpCluster", "Path Name Namespace Force")]
    [InlineData("Disconnect-BgpCluster", "Name")]
    [InlineData("Get-BgpCluster", "Name")]
    [InlineData("Import-BgpClusterConfiguration", "Path Cluster Force")]
    [InlineData("Export-BgpClusterConfiguration", "Path Cluster Force")]
    [InlineData("Get-BgpNode", "Name Cluster")]
    [InlineData("Get-BgpService", "Name Namespace Cluster")]
    [InlineData("Get-BgpFloatingIP", "Address Node Cluster")]
    [InlineData("Get-BgpAdvertisedRoute", "Prefix Name Cluster")]
    [InlineData("Invoke-BgpReconciliation", "Cluster")]
    [InlineData("Start-BgpController", "Name RenewIntervalSec DropTimeSec LeaseDurationSec NodeLeaseDurationSec ReportIntervalSec AnnounceWithoutEndpoint Cluster")]
    [InlineData("Stop-BgpController", "Name PassThru Cluster")]
    [InlineData("Get-BgpController", "Name Cluster")]
    [InlineData("Start-BgpNodeAgent", "Name Loopback RenewIntervalSec DropTimeSec LeaseDurationSec NodeRenewIntervalSec NodeLeaseDurationSec ReportIntervalSec AnnounceWithoutEndpoint Cluster")]
    [InlineData("Stop-BgpNodeAgent", "Name PlannedRestart Abrupt PassThru Cluster")]
    [InlineData("Get-BgpNodeAgent", "Name Cluster")]
    [InlineData("Get-BgpPlan", "DrainNode AddPeer RemovePeer AddFloatingIPAddress RemoveFloatingIPAddress Cluster")]
    public void It_has_the_parameters_of_the_public_surface(string name, string parameters) =>
        Assert.Subset(ModuleTypes.Parameters(ModuleTypes.Cmdlets[name]).Keys.ToHashSet(), parameters.Split(' ').ToHashSet());
}
