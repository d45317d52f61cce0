using System.Collections.Immutable;
using System.Net;
using System.Text;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

/// <summary>Reads one message with every reader there is and says in lines what they gave.</summary>
internal static class MessageText
{
    public static string Describe(ReadOnlySpan<byte> input, in WireContext context)
    {
        try
        {
            if (!MessageFramer.TryRead(input, context, out MessageFrame frame)) return "need more";
            return frame.Type switch
            {
                BgpMessageType.Open => Open(OpenMessage.Read(frame.Body)),
                BgpMessageType.Update => UpdateText.Describe(frame.Body, context),
                BgpMessageType.Notification => Notification(NotificationMessage.Read(frame.Body)),
                BgpMessageType.Keepalive => "KEEPALIVE",
                _ => RouteRefresh(RouteRefreshMessage.Read(frame.Body)),
            };
        }
        catch (BgpProtocolException error)
        {
            return $"error {(byte)error.Code}/{error.Subcode} data {Hex(error.Data.Span)}";
        }
    }

    public static string Hex(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "-" : Convert.ToHexStringLower(bytes);

    public static string Family(BgpAddressFamily family) =>
        Enum.IsDefined(family) ? family.ToString() : $"{(uint)family >> 16}/{(byte)family}";

    private static string Open(OpenMessage open)
    {
        StringBuilder text = new();
        text.Append($"OPEN version {open.Version} as {open.MyAutonomousSystem} asn {open.Asn} hold {open.HoldTime} id {IPPrefix.FromIPv4(open.BgpIdentifier, 32).Address}");
        ImmutableArray<BgpCapability> offered = open.Capabilities;
        foreach (BgpCapability capability in offered) text.Append($"\n  capability {capability.Code} {Hex(capability.Value.AsSpan())}");
        string families = string.Join(' ', Capabilities.ReadMultiProtocol(offered).Select(Family));
        if (families.Length > 0) text.Append($"\n  families {families}");
        string addPath = string.Join(' ', Capabilities.ReadAddPath(offered).Select(entry => $"{Family(entry.Family)}:{entry.Mode}"));
        if (addPath.Length > 0) text.Append($"\n  add-path {addPath}");
        if (GracefulRestartCapability.Read(offered) is { } restart)
        {
            text.Append($"\n  graceful-restart time {restart.RestartTime}{(restart.RestartState ? " restarted" : "")}{(restart.NotificationSupport ? " notification" : "")}");
            foreach (GracefulRestartFamily family in restart.Families) text.Append($" {Family(family.Family)}{(family.ForwardingPreserved ? "+forwarding" : "")}");
        }

        return text.ToString();
    }

    private static string Notification(NotificationMessage notification)
    {
        string line = $"NOTIFICATION {(byte)notification.Code}/{notification.Subcode} \"{notification.Meaning}\" data {Hex(notification.Data.Span)}";
        // Replacement characters are written out, so that the golden files are plain to read.
        return notification.ShutdownText is { } text ? $"{line} text \"{text.Replace("\uFFFD", "\\ufffd", StringComparison.Ordinal)}\"" : line;
    }

    private static string RouteRefresh(RouteRefreshMessage refresh) => $"ROUTE-REFRESH {Family(refresh.Family)} subtype {refresh.Subtype}";
}
