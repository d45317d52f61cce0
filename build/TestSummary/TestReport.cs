using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace BgpLoadBalancer.TestSummary;

/// <summary>A test that did not pass: its full name and why, in words and stack.</summary>
internal sealed record TestOutcome(string Name, string Type, string Reason);

/// <summary>What one test project left behind: xunit's XML report.</summary>
internal sealed record TestReport(string Project, int Passed, IReadOnlyList<TestOutcome> Failed, IReadOnlyList<TestOutcome> Skipped)
{
    /// <summary>A project without a readable report, or without a test in it, counts as one failed test.</summary>
    public static TestReport Read(string folder, string project)
    {
        string path = Path.Combine(folder, project + ".xml");
        if (!File.Exists(path)) return Broken(project, "The project ended without a report: it crashed, hung or did not start. See its output above.");
        try
        {
            return Read(project, XDocument.Load(path));
        }
        catch (XmlException e)
        {
            return Broken(project, $"The report {path} is not readable: {e.Message}");
        }
    }

    private static TestReport Read(string project, XDocument document)
    {
        XElement[] tests = [.. document.Descendants("test")];
        List<TestOutcome> failed = [.. tests.Where(Is("Fail")).Select(test => Outcome(test, FailureText(test)))];
        List<TestOutcome> skipped = [.. tests.Where(Is("Skip")).Select(test => Outcome(test, test.Element("reason")?.Value.Trim() ?? "no reason given"))];
        // Errors outside of tests: a fixture's disposal, a collection's set-up.
        failed.AddRange(document.Descendants("error").Select(error => new TestOutcome(
            string.Join(' ', new[] { error.Attribute("type")?.Value, error.Attribute("name")?.Value }.Where(part => !string.IsNullOrEmpty(part))),
            project,
            FailureText(error))));
        int passed = tests.Count(Is("Pass"));
        int notRun = tests.Count(Is("NotRun"));
        return tests.Length == notRun ? Broken(project, "No test ran.") : new(project, passed, failed, skipped);
    }

    private static TestReport Broken(string project, string reason) => new(project, 0, [new(project, project, reason)], []);

    private static Func<XElement, bool> Is(string result) => test => test.Attribute("result")?.Value == result;

    private static TestOutcome Outcome(XElement test, string reason) =>
        new(test.Attribute("name")?.Value ?? "?", test.Attribute("type")?.Value ?? "?", reason);

    private static string FailureText(XElement element)
    {
        XElement? failure = element.Element("failure");
        return string.Create(CultureInfo.InvariantCulture, $"{failure?.Element("message")?.Value.Trim()}\n{failure?.Element("stack-trace")?.Value.TrimEnd()}").Trim();
    }
}
