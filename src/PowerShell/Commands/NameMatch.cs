using System.Management.Automation;

namespace BgpLoadBalancer.PowerShell.Commands;

/// <summary>Names as Get cmdlets take them: wildcards find what they find, a literal that finds nothing is an error.</summary>
internal static class NameMatch
{
    public static void Write<T>(string[] names, IReadOnlyCollection<T> all, Func<T, string> nameOf, Action<T> found, Action<string> missing)
    {
        HashSet<string> written = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
            T[] matches = [.. all.Where(item => pattern.IsMatch(nameOf(item)))];
            if (matches.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) missing(name);
            foreach (T match in matches.Where(match => written.Add(nameOf(match)))) found(match);
        }
    }
}
