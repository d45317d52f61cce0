using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Kubernetes.Tests.Golden;

/// <summary>
/// Folders of manifests with the findings and the plans that they must give, in full: the worked examples, and one case for each rule with a
/// consequence. What a case gives instead is written to <c>actual</c> beside the test's assembly.
/// </summary>
public sealed class GoldenTests
{
    internal static readonly string CasesFolder = Path.Combine(RepositoryRoot.Path, "tests", "Kubernetes", "Cases");
    internal static readonly string ExamplesFolder = Path.Combine(RepositoryRoot.Path, "examples", "clusters");

    // Reading refuses IPv6 in these places (R4), so no manifest leads to them; the planner's own tests do.
    private static readonly PlanReasonCode[] NotFromFiles =
        [PlanReasonCode.PeerIsIPv6, PlanReasonCode.ControlPlaneVipIsIPv6, PlanReasonCode.FloatingIPIsIPv6, PlanReasonCode.NodeWithoutIPv4];

    public static TheoryData<string> Cases => Names(CasesFolder);

    public static TheoryData<string> Examples => Names(ExamplesFolder);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_gives_its_findings_and_its_plan(string name) => Compare(name, Path.Combine(CasesFolder, name));

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_worked_example_gives_its_plan_and_no_error(string name)
    {
        string folder = Path.Combine(ExamplesFolder, name);
        Compare(name, folder);
        Assert.True(File.Exists(Path.Combine(folder, "plan.txt")));
        Assert.DoesNotContain("Error ", CaseState.Read(folder).Findings(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_has_a_case()
    {
        string all = All("findings.txt");
        string[] rules = ["R1", "R4", "R11", "R16", "R17", "R18", "R19", "R21", "R22", "R25", "R26", "R27", "R28", "R29", "R33", "R37"];
        Assert.All(rules, rule => Assert.Contains($" {rule} ", all, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_reason_of_a_plan_has_a_case()
    {
        string all = All("plan.txt");
        PlanReasonCode[] missing = [.. Enum.GetValues<PlanReasonCode>().Except(NotFromFiles).Where(code => !all.Contains($"[{code}: ", StringComparison.Ordinal) && !all.Contains($" {code}: ", StringComparison.Ordinal))];
        Assert.Empty(missing);
    }

    private static string All(string file) => string.Concat(Directory.EnumerateFiles(CasesFolder, file, SearchOption.AllDirectories).Select(File.ReadAllText));

    private static void Compare(string name, string folder)
    {
        List<string> differences = [];
        foreach ((string file, string actual) in GoldenCase.Actual(folder))
        {
            string expectedFile = Path.Combine(folder, file);
            string expected = File.Exists(expectedFile) ? File.ReadAllText(expectedFile) : $"(there is no {file})";
            if (actual == expected) continue;
            string written = Path.Combine(AppContext.BaseDirectory, "actual", name, file);
            Directory.CreateDirectory(Path.GetDirectoryName(written)!);
            File.WriteAllText(written, actual);
            differences.Add($"{name} gives another {file}; see {written}.\n--- expected\n{expected}\n--- actual\n{actual}");
        }

        if (differences.Count > 0) Assert.Fail(string.Join('\n', differences));
    }

    private static TheoryData<string> Names(string folder) => [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
