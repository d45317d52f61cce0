using System.Collections.Immutable;

namespace BgpLoadBalancer.Cluster.Documents;

/// <summary>Reads and writes manifests. The implementation is loaded from outside, so that no library of it is seen here.</summary>
public interface IManifestFormat
{
    /// <summary>Reads a file, or the manifests of a folder (not of folders within) in the order of their names.</summary>
    /// <returns>Every file, also one that could not be understood: it has a <see cref="ManifestFile.Problem"/>.</returns>
    /// <exception cref="FileNotFoundException">There is neither a file nor a folder at <paramref name="path"/>.</exception>
    /// <exception cref="IOException">A file could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    ImmutableArray<ManifestFile> Read(string path);

    /// <summary>Reads the documents of a text.</summary>
    /// <param name="file">The name for messages.</param>
    ManifestFile Parse(string text, string file);

    /// <summary>
    /// The file's text with its documents replaced. Only what differs is written anew: all else keeps its comments, order and
    /// layout. A document is the one with the same <see cref="ManifestDocument.Number"/>; number 0 is new and comes last; one
    /// that is no longer there is taken out.
    /// </summary>
    /// <exception cref="InvalidOperationException">The file has a <see cref="ManifestFile.Problem"/>.</exception>
    string Write(ManifestFile file, IReadOnlyList<ManifestDocument> documents);
}
