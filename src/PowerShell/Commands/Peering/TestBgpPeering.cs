using System.Collections.Immutable;
using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Node;
using BgpLoadBalancer.Node.Peering;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Peering;

/// <summary>
/// Tries a peering from this host: connects, establishes, announces a VIP if one is given, sees whether it comes back, and leaves
/// nothing behind. A peering that fails is a result, not an error.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "BgpPeering")]
[OutputType(typeof(BgpPeeringTest), typeof(bool))]
public sealed class TestBgpPeering : BgpCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [IPAddressTransform]
    public IPAddress PeerIPAddress { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public uint PeerASN { get; set; }

    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    public uint LocalASN { get; set; }

    /// <summary>By default the address that this host would use to reach the peer.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IPAddressTransform]
    public IPAddress? LocalIPAddress { get; set; }

    /// <summary>By default 179.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PeerPort")]
    [EmptyIsAbsent]
    public int? Port { get; set; }

    /// <summary>IPv4 VIPs to announce, as /32 with the local address as next hop.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IPAddressTransform]
    public IPAddress[]? AdvertiseIPAddress { get; set; }

    /// <summary>Puts the advertised VIPs on this interface while the test runs; "auto" is the one that has the local address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BindInterface { get; set; }

    /// <summary>Seconds, as offered: 0, or 3 to 65535.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public int? HoldTime { get; set; }

    /// <summary>GTSM (RFC 5082).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public bool? TtlSecurity { get; set; }

    /// <summary>TCP MD5 (RFC 2385).</summary>
    [Parameter]
    public System.Security.SecureString? Password { get; set; }

    /// <summary>For everything up to Established.</summary>
    [Parameter]
    [ValidateRange(1, 3_600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>Only whether it succeeded.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Test although this host has a session between these addresses already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        ImmutableArray<IPAddress> vips = [.. (AdvertiseIPAddress ?? []).Where(address => address is not null)];
        if (BindInterface is not null && vips.IsEmpty)
        {
            ThrowTerminatingError(BgpErrors.ParameterMissing(nameof(AdvertiseIPAddress), "-BindInterface needs to know which addresses to put on."));
        }

        PeeringRequest request = new()
        {
            PeerAddress = PeerIPAddress,
            PeerAsn = PeerASN,
            LocalAsn = LocalASN,
            LocalAddress = LocalIPAddress,
            Port = Port ?? BgpPeerOptions.DefaultPort,
            Advertise = vips,
            HoldTime = TimeSpan.FromSeconds(HoldTime ?? 90),
            TtlSecurity = TtlSecurity ?? false,
            Password = Password is { Length: > 0 } ? new NetworkCredential(null, Password).Password : null,
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            Force = Force,
        };
        RunAsync(() => TestAsync(request));
    }

    private async Task TestAsync(PeeringRequest request)
    {
        string activity = $"Testing the peering with {request.PeerAddress}";
        AddressBinding? binding = BindInterface is null ? null : new(new LinuxNodeNetwork(), request.Advertise, adopt: false, Report, TimeProvider.System);
        try
        {
            if (binding is not null) await binding.AcquireAsync(BindInterface!, LocalAddress(request), StopToken).ConfigureAwait(false);
            await using PeeringAttempt attempt = await PeeringAttempt.RunAsync(request, TimeProvider.System, transport: null, log: null, stage => Show(activity, stage), StopToken).ConfigureAwait(false);
            BgpPeeringTest result = new(attempt.Result);
            Post(() => WriteObject(Quiet ? result.Succeeded : result));
        }
        catch (ArgumentException e)
        {
            Post(() => WriteError(BgpErrors.InvalidArgument(e, request.PeerAddress)));
        }
        catch (NodeNetworkException e)
        {
            Post(() => WriteError(BgpErrors.CannotBind(e, BindInterface)));
        }
        finally
        {
            // After the routes are withdrawn, and whatever stopped the test.
            if (binding is not null) await binding.ReleaseAsync(keep: false).ConfigureAwait(false);
            Post(() => WriteProgress(new ProgressRecord(0, activity, "Done") { RecordType = ProgressRecordType.Completed }));
        }
    }

    // Any address of this host that reaches the peer names the interface.
    private static IPAddress LocalAddress(PeeringRequest request) =>
        request.LocalAddress ?? HostRoutes.SourceFor(request.PeerAddress) ?? throw new NodeNetworkException($"This host has no route to {request.PeerAddress}: name the interface.", NodeNetworkFault.NoInterface);

    private void Show(string activity, PeeringStage stage) => Post(() =>
    {
        WriteVerbose($"{activity}: {stage}");
        WriteProgress(new ProgressRecord(0, activity, stage.ToString()));
    });

    private void Report(AddressBindingEvent happened) => Post(() =>
    {
        string text = $"{happened.Message}: {happened.Address} on {happened.Interface}";
        if (happened.Error is null) WriteVerbose(text);
        else WriteWarning($"{text}: {happened.Error} {happened.Advice}");
    });
}
