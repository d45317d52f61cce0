using System.Collections.Immutable;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Advertiser.CommandLine;

/// <summary>Turns the texts of the command line into values, with an error that says what would be right.</summary>
internal static class ArgumentParsers
{
    public static ImmutableArray<IPAddress> Vips(ArgumentResult result)
    {
        List<IPAddress> vips = [];
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            if (!TryAddress(text, out IPAddress? vip))
            {
                result.AddError($"--advertise-ip '{text}' is not an IPv4 address: write four numbers from 0 to 255 with dots between, such as 10.0.0.8.");
            }
            else if (vip.AddressFamily != AddressFamily.InterNetwork)
            {
                result.AddError($"--advertise-ip '{text}' is an IPv6 address: a control-plane VIP must be IPv4.");
            }
            else if (!NextHopAddress.IsUsable(vip))
            {
                result.AddError($"--advertise-ip '{text}' cannot be the address of a host: give a unicast address.");
            }
            else if (vips.Contains(vip))
            {
                result.AddError($"--advertise-ip '{text}' is given twice: give each address once.");
            }
            else
            {
                vips.Add(vip);
            }
        }

        return [.. vips];
    }

    public static IPEndPoint HealthAddress(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int colon = text.LastIndexOf(':');
        if (colon > 0
            && TryAddress(text[..colon].Trim('[', ']'), out IPAddress? address)
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return new(address, port);
        }

        result.AddError($"--health-address '{text}' is not an address and a port: write it like 127.0.0.1:8080 (port 0 takes a free one).");
        return AdvertiserArguments.DefaultHealthAddress;
    }

    public static Uri? HealthCheckUrl(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)) return url;
        result.AddError($"--health-check-url '{text}' is not an http or https address: write it like https://127.0.0.1:6443/livez.");
        return null;
    }

    public static TimeSpan Timeout(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= 3600) return TimeSpan.FromSeconds(seconds);
        result.AddError($"--timeout '{text}' is not a number of seconds from 1 to 3600.");
        return AdvertiserArguments.DefaultTimeout;
    }

    // IPAddress alone takes 10.1 for 10.0.0.1, and octal.
    private static bool TryAddress(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text);
}
