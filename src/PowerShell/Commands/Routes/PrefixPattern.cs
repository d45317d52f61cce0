using System.Net;

namespace BgpLoadBalancer.PowerShell.Commands.Routes;

/// <summary>
/// Prefixes to look for: a prefix, an address, or text with wildcards. A type of its own, because PowerShell makes text of any
/// object, and would look for the prefix "speaker1" when a speaker comes down the pipeline.
/// </summary>
public sealed class PrefixPattern
{
    private readonly string _text;

    public PrefixPattern(string text) => _text = text;

    public PrefixPattern(IPNetwork prefix) => _text = prefix.ToString();

    public PrefixPattern(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _text = address.ToString();
    }

    public override string ToString() => _text;
}
