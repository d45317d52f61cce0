namespace BgpLoadBalancer.TestSummary;

/// <summary>The text that ends a test run.</summary>
internal static class Summary
{
    public static IEnumerable<string> Lines(int passed, IReadOnlyList<TestOutcome> failed, IReadOnlyList<TestOutcome> skipped)
    {
        if (skipped.Count > 0)
        {
            yield return "Skipped:";
            foreach (IGrouping<(string Type, string Reason), TestOutcome> group in skipped.GroupBy(test => (test.Type, test.Reason)))
            {
                string who = group.Count() == 1 ? group.First().Name : $"{group.Key.Type} ({group.Count()} tests)";
                yield return $"  {who}: {group.Key.Reason}";
            }

            yield return "";
        }

        if (failed.Count > 0)
        {
            yield return "Failed:";
            foreach (TestOutcome test in failed)
            {
                yield return $"  {test.Name}";
                foreach (string line in test.Reason.Split('\n')) yield return $"    {line.TrimEnd()}";
            }

            yield return "";
        }

        yield return $"{passed} passed, {failed.Count} failed, {skipped.Count} skipped";
    }
}
