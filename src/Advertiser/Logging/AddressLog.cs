using BgpLoadBalancer.Node;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Logging;

/// <summary>Writes what happens with the virtual IPs into the log.</summary>
internal static class AddressLog
{
    public static void AddressEvent(this ILogger logger, AddressBindingEvent happened) => logger.Event(
        happened.Error is null ? LogLevel.Information : LogLevel.Error,
        happened.Message,
        ("vip", happened.Address),
        ("interface", happened.Interface),
        ("error", happened.Error),
        ("advice", happened.Advice));
}
