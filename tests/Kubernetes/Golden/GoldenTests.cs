namespace BgpLoadBalancer.Kubernetes.Tests.Golden;

/// <summary>
/// Folders of manifests with the findings that they must give, in full: the worked examples, and one case for each rule with a
/// consequence. What a case gives instead is written to <c>actual</c> beside the test's assembly.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string CasesFolder = Path.Combine(RepositoryRoot.Path, "tests", "Kubernetes", "Cases");
    private static readonly string ExamplesFolder = Path.Combine(RepositoryRoot.Path, "examples", "clusters");

    public static TheoryData<string> Cases => Names(CasesFolder);

    public static TheoryData<string> Examples => Names(ExamplesFolder);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_gives_its_findings(string name) => Compare(name, Path.Combine(CasesFolder, name));

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_worked_example_gives_its_findings_and_no_error(string name)
    {
        string folder = Path.Combine(ExamplesFolder, name);
        Compare(name, folder);
        Assert.DoesNotContain("Error ", FindingsText.Of(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_has_a_case()
    {
        string all = string.Concat(Directory.EnumerateFiles(CasesFolder, "findings.txt", SearchOption.AllDirectories).Select(File.ReadAllText));
        string[] rules = ["R1", "R4", "R11", "R16", "R17", "R18", "R19", "R21", "R22", "R25", "R26", "R27", "R28", "R29", "R33", "R37"];
        Assert.All(rules, rule => Assert.Contains($" {rule} ", all, StringComparison.Ordinal));
    }

    private static void Compare(string name, string folder)
    {
        string actual = FindingsText.Of(folder);
        string expectedFile = Path.Combine(folder, "findings.txt");
        string expected = File.Exists(expectedFile) ? File.ReadAllText(expectedFile) : "(there is no findings.txt)";
        if (actual == expected) return;
        string written = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "actual", name)).FullName, "findings.txt");
        File.WriteAllText(written, actual);
        Assert.Fail($"{name} gives other findings than its findings.txt; see {written}.\n--- expected\n{expected}\n--- actual\n{actual}");
    }

    private static TheoryData<string> Names(string folder) => [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
