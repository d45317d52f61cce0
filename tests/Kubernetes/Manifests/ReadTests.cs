using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Kubernetes.Manifests;

namespace BgpLoadBalancer.Kubernetes.Tests.Manifests;

public sealed class ReadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bgplb-manifests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_gives_its_manifests_in_the_order_of_their_names()
    {
        foreach (string name in (string[])["b.yaml", "a.yml", "c.json", "notes.txt"]) File.WriteAllText(Path.Combine(_folder, name), "{\"kind\": \"Other\"}\n");
        Directory.CreateDirectory(Path.Combine(_folder, "within.yaml"));
        ImmutableArray<ManifestFile> files = new YamlManifestFormat().Read(_folder);
        Assert.Equal(["a.yml", "b.yaml", "c.json"], files.Select(file => Path.GetFileName(file.Path)));
        Assert.All(files, file => Assert.Single(file.Documents));
    }

    [Fact]
    public void A_file_that_is_no_text_has_a_problem_and_the_others_are_read()
    {
        File.WriteAllBytes(Path.Combine(_folder, "a.yaml"), [0xC3, 0x28]);
        File.WriteAllText(Path.Combine(_folder, "b.yaml"), "a: 1\n---\nb: 2\n");
        ImmutableArray<ManifestFile> files = new YamlManifestFormat().Read(_folder);
        Assert.Contains("UTF-8", files[0].Problem!.Message, StringComparison.Ordinal);
        Assert.Equal([(1, 1), (2, 3)], files[1].Documents.Select(document => (document.Number, document.Root.Position.Line)));
    }

    [Fact]
    public void What_is_not_there_is_said_with_its_path()
    {
        string path = Path.Combine(_folder, "missing.yaml");
        Assert.Contains(path, Assert.Throws<FileNotFoundException>(() => new YamlManifestFormat().Read(path)).Message, StringComparison.Ordinal);
    }
}
