using System.Diagnostics.CodeAnalysis;
using BgpLoadBalancer.Cluster.Documents;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Why a value is not of the kind wanted, and what would be; both are sentences.</summary>
/// <param name="Rule">The requirement when it is another than that of the resource.</param>
internal sealed record FieldProblem(string Message, string Advice, string? Rule = null);

/// <summary>Turns a scalar that is not null into a value.</summary>
/// <returns>Null when it could.</returns>
internal delegate FieldProblem? FieldConversion<T>(DocumentScalar scalar, out T value);

/// <summary>Reads an item of a list; false when it was a finding.</summary>
/// <param name="path">Relative to the resource.</param>
internal delegate bool ItemReader<T>(DocumentNode node, string path, [NotNullWhen(true)] out T? item);
