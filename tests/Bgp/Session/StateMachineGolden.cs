using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.Bgp.Tests.Session;

public class StateMachineGolden
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Session", "Golden");

    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(s_folder).Select(path => Path.GetFileName(path)!).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_script_of_events_gives_the_expected_states_and_actions(string name)
    {
        string folder = Path.Combine(s_folder, name);
        string actual = string.Join('\n', MachineScript.Run(File.ReadLines(Path.Combine(folder, "events.txt")))) + "\n";
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "expected.txt")), actual);
    }

    [Fact]
    public void Every_event_is_in_some_script()
    {
        IEnumerable<string> used = Directory.EnumerateFiles(s_folder, "events.txt", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines).Select(line => line.Split(' ')[0]);
        Assert.Empty(Enum.GetNames<FsmEventType>().Except(used));
    }
}
