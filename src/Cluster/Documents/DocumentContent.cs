using System.Globalization;

namespace BgpLoadBalancer.Cluster.Documents;

/// <summary>Compares nodes by what they say, not by where they stand or how they are quoted.</summary>
public static class DocumentContent
{
    /// <summary>Same values; the order counts in lists and not in mappings.</summary>
    public static bool Same(DocumentNode? left, DocumentNode? right)
    {
        if (ReferenceEquals(left, right)) return true;
        return (left, right) switch
        {
            (DocumentScalar a, DocumentScalar b) => a.Text == b.Text && IsString(a) == IsString(b),
            (DocumentSequence a, DocumentSequence b) =>
                a.Items.Length == b.Items.Length && a.Items.Zip(b.Items).All(pair => Same(pair.First, pair.Second)),
            (DocumentMapping a, DocumentMapping b) =>
                a.Entries.Length == b.Entries.Length && a.Entries.All(entry => b[entry.Key.Text] is { } other && Same(entry.Value, other)),
            _ => false,
        };
    }

    /// <summary>True for a value that every reader takes for text, however it is quoted.</summary>
    public static bool IsString(DocumentScalar scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        return !scalar.IsPlain || !IsOtherThanText(scalar.Text);
    }

    /// <summary>Text that the API server's YAML reader takes for null, a truth value or a number when it stands without quotes.</summary>
    public static bool IsOtherThanText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text is "" or "~"
            || text.ToUpperInvariant() is "NULL" or "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N" or ".INF" or "-.INF" or ".NAN"
            || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
