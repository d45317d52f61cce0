using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Kubernetes.Tests.Golden;

/// <summary>
/// A folder with manifests and what they must give: <c>findings.txt</c>, and <c>plan.txt</c> where planning is of interest. Or, for a change, the folders
/// <c>before</c> and <c>after</c> (only the files that differ) with all of that, and <c>steps.txt</c>, what has to be done to get from one plan to the other.
/// </summary>
internal static class GoldenCase
{
    private const string FindingsFile = "findings.txt";
    private const string PlanFile = "plan.txt";
    private const string StepsFile = "steps.txt";

    /// <summary>What a folder gives, by the file's path in it.</summary>
    public static SortedDictionary<string, string> Actual(string folder)
    {
        SortedDictionary<string, string> texts = new(StringComparer.Ordinal);
        if (!Directory.Exists(Path.Combine(folder, "before")))
        {
            CaseState state = CaseState.Read(folder);
            texts[FindingsFile] = state.Findings();
            if (File.Exists(Path.Combine(folder, PlanFile))) texts[PlanFile] = PlanText.Render(Planner.Plan(state.Snapshot()));
            return texts;
        }

        CaseState before = CaseState.Read(Path.Combine(folder, "before"));
        CaseState after = CaseState.Read(Path.Combine(folder, "after"), before);
        ClusterPlan first = Planner.Plan(before.Snapshot());
        ClusterPlan second = Planner.Plan(after.Snapshot(), first);
        texts[Path.Combine("before", FindingsFile)] = before.Findings();
        texts[Path.Combine("before", PlanFile)] = PlanText.Render(first);
        texts[Path.Combine("after", FindingsFile)] = after.Findings();
        texts[Path.Combine("after", PlanFile)] = PlanText.Render(second);
        texts[StepsFile] = string.Concat(PlanDifference.Between(first, second).Select(step => $"{step}\n"));
        return texts;
    }
}
