namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>Subcodes of <see cref="BgpErrorCode.MessageHeaderError"/> (RFC 4271 §6.1).</summary>
public static class HeaderErrorSubcode
{
    public const byte ConnectionNotSynchronized = 1;
    public const byte BadMessageLength = 2;
    public const byte BadMessageType = 3;
}

/// <summary>Subcodes of <see cref="BgpErrorCode.OpenMessageError"/> (RFC 4271 §6.2, RFC 5492 for the last).</summary>
public static class OpenErrorSubcode
{
    public const byte Unspecific = 0;
    public const byte UnsupportedVersionNumber = 1;
    public const byte BadPeerAs = 2;
    public const byte BadBgpIdentifier = 3;
    public const byte UnsupportedOptionalParameter = 4;
    public const byte UnacceptableHoldTime = 6;
    public const byte UnsupportedCapability = 7;
}

/// <summary>Subcodes of <see cref="BgpErrorCode.UpdateMessageError"/> (RFC 4271 §6.3).</summary>
public static class UpdateErrorSubcode
{
    public const byte MalformedAttributeList = 1;
    public const byte UnrecognizedWellKnownAttribute = 2;
    public const byte MissingWellKnownAttribute = 3;
    public const byte AttributeFlagsError = 4;
    public const byte AttributeLengthError = 5;
    public const byte InvalidOriginAttribute = 6;
    public const byte InvalidNextHopAttribute = 8;
    public const byte OptionalAttributeError = 9;
    public const byte InvalidNetworkField = 10;
    public const byte MalformedAsPath = 11;
}

/// <summary>Subcodes of <see cref="BgpErrorCode.FiniteStateMachineError"/> (RFC 6608 §3): the state that the unexpected message met.</summary>
public static class FsmErrorSubcode
{
    public const byte Unspecified = 0;
    public const byte UnexpectedMessageInOpenSent = 1;
    public const byte UnexpectedMessageInOpenConfirm = 2;
    public const byte UnexpectedMessageInEstablished = 3;
}

/// <summary>Subcodes of <see cref="BgpErrorCode.Cease"/> (RFC 4486 §4, RFC 8538 §3, RFC 9384 §2).</summary>
public static class CeaseSubcode
{
    public const byte MaximumPrefixesReached = 1;
    public const byte AdministrativeShutdown = 2;
    public const byte PeerDeconfigured = 3;
    public const byte AdministrativeReset = 4;
    public const byte ConnectionRejected = 5;
    public const byte OtherConfigurationChange = 6;
    public const byte ConnectionCollisionResolution = 7;
    public const byte OutOfResources = 8;
    public const byte HardReset = 9;
    public const byte BfdDown = 10;
}

/// <summary>Subcodes of <see cref="BgpErrorCode.RouteRefreshMessageError"/> (RFC 7313 §5).</summary>
public static class RouteRefreshErrorSubcode
{
    public const byte InvalidMessageLength = 1;
}
