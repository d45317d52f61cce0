namespace BgpLoadBalancer.TestSummary.Tests;

/// <summary>The line that decides whether a change is good must not lie.</summary>
public sealed class TestReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("test-summary-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Results_are_counted_and_explained()
    {
        TestReport report = Read("""
            <test name="A.One" type="A" result="Pass" />
            <test name="A.Two" type="A" result="Pass" />
            <test name="A.Three" type="A" result="Fail"><failure><message>2 is not 3</message><stack-trace>   at A.Three()</stack-trace></failure></test>
            <test name="A.Four" type="A" result="Skip"><reason>no router</reason></test>
            <test name="A.Five" type="A" result="NotRun" />
            """);

        Assert.Equal(2, report.Passed);
        TestOutcome failed = Assert.Single(report.Failed);
        Assert.Equal("A.Three", failed.Name);
        Assert.Equal("2 is not 3\n   at A.Three()", failed.Reason);
        Assert.Equal([new TestOutcome("A.Four", "A", "no router")], report.Skipped);
    }

    [Fact]
    public void An_error_outside_of_a_test_is_a_failure()
    {
        TestReport report = Read("""<test name="A.One" type="A" result="Pass" />""", """<error type="test-class-cleanup" name="A"><failure><message>still open</message></failure></error>""");

        Assert.Equal("test-class-cleanup A", Assert.Single(report.Failed).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""<test name="A.One" type="A" result="NotRun" />""")]
    public void A_project_in_which_no_test_ran_is_a_failure(string tests) => Assert.Equal("No test ran.", Assert.Single(Read(tests).Failed).Reason);

    [Fact]
    public void A_project_without_a_report_is_a_failure() => Assert.Equal("Gone", Assert.Single(TestReport.Read(_folder, "Gone").Failed).Name);

    [Fact]
    public void A_report_that_was_cut_off_is_a_failure()
    {
        File.WriteAllText(Path.Combine(_folder, "P.xml"), "<assemblies><assembly>");

        Assert.Contains("not readable", Assert.Single(TestReport.Read(_folder, "P").Failed).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_groups_what_was_skipped_and_ends_with_the_sums()
    {
        string[] lines = [.. Summary.Lines(7, [new("A.Three", "A", "2 is not 3")], [new("B.One", "B", "no router"), new("B.Two", "B", "no router"), new("C.One", "C", "no root")])];

        Assert.Equal(
            ["Skipped:", "  B (2 tests): no router", "  C.One: no root", "", "Failed:", "  A.Three", "    2 is not 3", "", "7 passed, 1 failed, 3 skipped"],
            lines);
    }

    [Fact]
    public void Without_anything_to_say_the_summary_is_one_line() => Assert.Equal(["3 passed, 0 failed, 0 skipped"], Summary.Lines(3, [], []));

    private TestReport Read(string tests, string errors = "")
    {
        File.WriteAllText(Path.Combine(_folder, "P.xml"), $"<assemblies><assembly><errors>{errors}</errors><collection>{tests}</collection></assembly></assemblies>");
        return TestReport.Read(_folder, "P");
    }
}
