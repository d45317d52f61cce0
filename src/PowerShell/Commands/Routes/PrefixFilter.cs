using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.PowerShell.Commands.Routes;

/// <summary>Prefixes as Get-BgpRoute takes them; remembers which literals found nothing.</summary>
internal sealed class PrefixFilter
{
    private readonly List<WildcardPattern> _patterns = [];
    private readonly Dictionary<IPNetwork, (string Text, bool Found)> _literals = [];
    private readonly List<string> _unreadable = [];
    private readonly bool _all;

    public PrefixFilter(IEnumerable<string>? prefixes)
    {
        string[] wanted = [.. (prefixes ?? []).Where(prefix => !string.IsNullOrWhiteSpace(prefix))];
        _all = wanted.Length == 0;
        foreach (string prefix in wanted)
        {
            if (WildcardPattern.ContainsWildcardCharacters(prefix)) _patterns.Add(new WildcardPattern(prefix, WildcardOptions.IgnoreCase));
            else if (IPPrefix.TryParse(prefix.Trim(), null, out IPPrefix parsed)) _literals[parsed.ToIPNetwork()] = (prefix, false);
            else _unreadable.Add(prefix);
        }
    }

    public IEnumerable<string> Unmatched => _unreadable.Concat(_literals.Values.Where(literal => !literal.Found).Select(literal => literal.Text));

    public bool Matches(IPNetwork prefix)
    {
        if (_all) return true;
        if (_literals.TryGetValue(prefix, out (string Text, bool Found) literal))
        {
            _literals[prefix] = (literal.Text, true);
            return true;
        }

        return _patterns.Exists(pattern => pattern.IsMatch(prefix.ToString()));
    }
}
