using BgpLoadBalancer.TestSummary;

// Reads FOLDER/PROJECT.xml of each test project, writes FOLDER/summary.txt: what failed, what was skipped and why, and last one line
// with the sums. Ends with 0 only when something passed and nothing failed.
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: BgpLoadBalancer.TestSummary FOLDER PROJECT...");
    return 2;
}

string folder = args[0];
Directory.CreateDirectory(folder);
TestReport[] reports = [.. args[1..].Select(project => TestReport.Read(folder, project))];
TestOutcome[] failed = [.. reports.SelectMany(report => report.Failed)];
int passed = reports.Sum(report => report.Passed);
File.WriteAllLines(Path.Combine(folder, "summary.txt"), Summary.Lines(passed, failed, [.. reports.SelectMany(report => report.Skipped)]));
return passed > 0 && failed.Length == 0 ? 0 : 1;
