namespace BgpLoadBalancer.Cluster.Resources;

/// <summary>The names that Kubernetes takes for objects: DNS subdomains (RFC 1123 §2.1).</summary>
public static class ResourceName
{
    private const int Longest = 253;

    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= Longest
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
            && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]);
    }
}
