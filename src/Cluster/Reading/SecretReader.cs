using System.Collections.Immutable;
using System.Text;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Reads a Secret (R5, R28), of any type: which of them are passwords, the BGPPeers say. No finding has anything of a value in it.</summary>
internal static class SecretReader
{
    public const string Kind = "Secret";

    public static SecretResource Read(FieldReader root, ResourceMetadata metadata)
    {
        ImmutableSortedDictionary<string, string> encoded = root.Texts("data", Encoded);
        // As the API server has it: what is written plainly goes over what is written in base 64.
        ImmutableSortedDictionary<string, string> plain = root.Texts("stringData", Plain);
        root.Ignore("type", "immutable");
        root.FinishShared();
        return new() { Metadata = metadata, Data = encoded.SetItems(plain) };
    }

    private static FieldProblem? Encoded(DocumentScalar scalar, out string value)
    {
        value = "";
        if (NotText(scalar) is { } problem) return problem;
        // Base 64 is shorter decoded.
        byte[] decoded = new byte[scalar.Text.Length];
        if (!Convert.TryFromBase64String(scalar.Text, decoded, out int length)) return new("The value is not base 64.", "Encode it, as 'base64' does, or write it as it is under 'stringData'.");
        value = Convert.ToBase64String(decoded, 0, length);
        return null;
    }

    private static FieldProblem? Plain(DocumentScalar scalar, out string value)
    {
        value = Convert.ToBase64String(Encoding.UTF8.GetBytes(scalar.Text));
        return NotText(scalar);
    }

    private static FieldProblem? NotText(DocumentScalar scalar) =>
        DocumentContent.IsString(scalar) ? null : new("The value is a number or a truth value here, and a text is expected.", "Put it in quotes.");
}
