namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>NOTIFICATION codes and subcodes in the words of IANA's "BGP Error (Notification) Codes" registries.</summary>
internal static class NotificationMeaning
{
    public static string Of(NotificationMessage notification)
    {
        string code = OfCode(notification.Code);
        string? subcode = OfSubcode(notification.Code, notification.Subcode);
        string meaning = subcode is null ? code : $"{code}: {subcode}";
        return notification.Encapsulated is { } inner ? $"{meaning} ({OfOne(inner)})" : meaning;
    }

    // Not recursive: a hard reset within a hard reset would let a peer decide how deep.
    private static string OfOne(NotificationMessage notification) =>
        OfSubcode(notification.Code, notification.Subcode) is { } subcode ? $"{OfCode(notification.Code)}: {subcode}" : OfCode(notification.Code);

    private static string OfCode(BgpErrorCode code) => code switch
    {
        BgpErrorCode.MessageHeaderError => "Message Header Error",
        BgpErrorCode.OpenMessageError => "OPEN Message Error",
        BgpErrorCode.UpdateMessageError => "UPDATE Message Error",
        BgpErrorCode.HoldTimerExpired => "Hold Timer Expired",
        BgpErrorCode.FiniteStateMachineError => "Finite State Machine Error",
        BgpErrorCode.Cease => "Cease",
        BgpErrorCode.RouteRefreshMessageError => "ROUTE-REFRESH Message Error",
        BgpErrorCode.SendHoldTimerExpired => "Send Hold Timer Expired",
        _ => $"error code {(byte)code}",
    };

    private static string? OfSubcode(BgpErrorCode code, byte subcode) => (code, subcode) switch
    {
        (BgpErrorCode.MessageHeaderError, HeaderErrorSubcode.ConnectionNotSynchronized) => "Connection Not Synchronized",
        (BgpErrorCode.MessageHeaderError, HeaderErrorSubcode.BadMessageLength) => "Bad Message Length",
        (BgpErrorCode.MessageHeaderError, HeaderErrorSubcode.BadMessageType) => "Bad Message Type",
        (BgpErrorCode.OpenMessageError, OpenErrorSubcode.UnsupportedVersionNumber) => "Unsupported Version Number",
        (BgpErrorCode.OpenMessageError, OpenErrorSubcode.BadPeerAs) => "Bad Peer AS",
        (BgpErrorCode.OpenMessageError, OpenErrorSubcode.BadBgpIdentifier) => "Bad BGP Identifier",
        (BgpErrorCode.OpenMessageError, OpenErrorSubcode.UnsupportedOptionalParameter) => "Unsupported Optional Parameter",
        (BgpErrorCode.OpenMessageError, 5) => "Authentication Failure",
        (BgpErrorCode.OpenMessageError, OpenErrorSubcode.UnacceptableHoldTime) => "Unacceptable Hold Time",
        (BgpErrorCode.OpenMessageError, OpenErrorSubcode.UnsupportedCapability) => "Unsupported Capability",
        (BgpErrorCode.OpenMessageError, 11) => "Role Mismatch",
        (BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.MalformedAttributeList) => "Malformed Attribute List",
        (BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.UnrecognizedWellKnownAttribute) => "Unrecognized Well-known Attribute",
        (BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.MissingWellKnownAttribute) => "Missing Well-known Attribute",
        (BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.AttributeFlagsError) => "Attribute Flags Error",
        (BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.AttributeLengthError) => "Attribute Length Error",
        (BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.InvalidOriginAttribute) => "Invalid ORIGIN Attribute",
        (BgpErrorCode.UpdateMessageError, 7) => "AS Routing Loop",
        (BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.InvalidNextHopAttribute) => "Invalid NEXT_HOP Attribute",
        (BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.OptionalAttributeError) => "Optional Attribute Error",
        (BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.InvalidNetworkField) => "Invalid Network Field",
        (BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.MalformedAsPath) => "Malformed AS_PATH",
        (BgpErrorCode.FiniteStateMachineError, FsmErrorSubcode.UnexpectedMessageInOpenSent) => "Receive Unexpected Message in OpenSent State",
        (BgpErrorCode.FiniteStateMachineError, FsmErrorSubcode.UnexpectedMessageInOpenConfirm) => "Receive Unexpected Message in OpenConfirm State",
        (BgpErrorCode.FiniteStateMachineError, FsmErrorSubcode.UnexpectedMessageInEstablished) => "Receive Unexpected Message in Established State",
        (BgpErrorCode.Cease, CeaseSubcode.MaximumPrefixesReached) => "Maximum Number of Prefixes Reached",
        (BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown) => "Administrative Shutdown",
        (BgpErrorCode.Cease, CeaseSubcode.PeerDeconfigured) => "Peer De-configured",
        (BgpErrorCode.Cease, CeaseSubcode.AdministrativeReset) => "Administrative Reset",
        (BgpErrorCode.Cease, CeaseSubcode.ConnectionRejected) => "Connection Rejected",
        (BgpErrorCode.Cease, CeaseSubcode.OtherConfigurationChange) => "Other Configuration Change",
        (BgpErrorCode.Cease, CeaseSubcode.ConnectionCollisionResolution) => "Connection Collision Resolution",
        (BgpErrorCode.Cease, CeaseSubcode.OutOfResources) => "Out of Resources",
        (BgpErrorCode.Cease, CeaseSubcode.HardReset) => "Hard Reset",
        (BgpErrorCode.Cease, CeaseSubcode.BfdDown) => "BFD Down",
        (BgpErrorCode.RouteRefreshMessageError, RouteRefreshErrorSubcode.InvalidMessageLength) => "Invalid Message Length",
        (_, 0) => null,
        _ => $"subcode {subcode}",
    };
}
