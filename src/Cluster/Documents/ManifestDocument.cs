using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Documents;

/// <summary>One document of a file.</summary>
/// <param name="File">The file's name for messages; empty for what was never written.</param>
/// <param name="Number">From 1; 0 for what was never written.</param>
public sealed record ManifestDocument(string File, int Number, DocumentNode Root);

/// <summary>A file of several documents with the text that they were read from, which is kept when they are written back.</summary>
/// <param name="Problem">Why the text could not be read; <paramref name="Documents"/> is empty then, and the file cannot be edited.</param>
public sealed record ManifestFile(string Path, string Text, ImmutableArray<ManifestDocument> Documents, Finding? Problem = null);
