using System.Management.Automation;

namespace BgpLoadBalancer.PowerShell.Commands;

/// <summary>Names as Get cmdlets take them: wildcards find what they find, a literal that finds nothing is an error.</summary>
internal static class NameMatch
{
    /// <summary>Each thing once, also when several names mean it; things of one name are found together.</summary>
    public static void Write<T>(IReadOnlyCollection<string> names, IReadOnlyCollection<T> all, Func<T, string> nameOf, Action<T> found, Action<string> missing)
        where T : class
    {
        HashSet<T> written = new(ReferenceEqualityComparer.Instance);
        foreach (string name in names)
        {
            WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
            T[] matches = [.. all.Where(item => pattern.IsMatch(nameOf(item)))];
            if (matches.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) missing(name);
            foreach (T match in matches.Where(written.Add)) found(match);
        }
    }
}
