using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Kubernetes.Manifests;

namespace BgpLoadBalancer.Kubernetes.Tests.Manifests;

/// <summary>Files to edit: all worked examples and cases, and one with every layout that YAML has.</summary>
internal static class Corpus
{
    public const string Odd = """
        # a header comment
        gcrKeyPath: keys/gcr.json   # kept
        ---
        # before the cluster
        apiVersion: baremetal.cluster.gke.io/v1
        kind: Cluster
        metadata: {name: bm, namespace: "cluster-bm"}
        spec:
          type: 'user'
          loadBalancer:
            addressPools:
              - name: pool1     # indented more than usual
                addresses: [10.0.0.1-10.0.0.4, "10.0.1.0/28"]

              # a second one
              - name: pool2
                addresses:
                  - 10.2.0.0/28 # with a comment
                  - '10.3.0.0/28'
            empty:
            note: |
              several
              lines
            folded: >-
              one
              line
          profile: {}
          list: []
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: other
        data:
          text: "with \"quotes\" and \\ and ü"
          key with blanks: 'it''s'
          last: value
        """;

    public static ManifestFile OddFile { get; } = new YamlManifestFormat().Parse(Odd, "odd.yaml");

    public static IEnumerable<ManifestFile> Files() => Directory
        .EnumerateFiles(Path.Combine(RepositoryRoot.Path, "examples", "clusters"), "*.yaml", SearchOption.AllDirectories)
        .Concat(Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests", "Kubernetes", "Cases"), "*.yaml", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal)
        .SelectMany(path => new YamlManifestFormat().Read(path))
        .Where(file => file.Problem is null)
        .Append(OddFile)
        .Append(new YamlManifestFormat().Parse(Odd.ReplaceLineEndings("\r\n"), "odd-crlf.yaml"));
}
