using System.Diagnostics;
using BgpLoadBalancer.Bench.Contenders;
using BgpLoadBalancer.Bench.Receiver;

namespace BgpLoadBalancer.Bench.Rows;

/// <summary>One run: a fresh process, a fresh receiver, announce and withdraw twice.</summary>
internal static class SessionRun
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    // Long enough for a speaker to go quiet after its session is up, and for memory to have settled.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(1);

    /// <exception cref="BenchException">The contender did not do what it was told.</exception>
    public static Sample Measure(IContender contender, Scenario scenario)
    {
        Workload workload = scenario.Workload;
        using BgpReceiver receiver = new(workload.AddPath);
        Func<ISender> start = contender.Prepare(workload, receiver.EndPoint);
        long started = Stopwatch.GetTimestamp();
        using ISender sender = start();
        double connect = Milliseconds(started, Wait(receiver.Accepted));
        _ = Wait(receiver.Established);
        Thread.Sleep(s_quiet);
        UpdateTally before = receiver.Tally;
        double inject = Time(receiver, workload.Paths, 0, sender.Inject);
        UpdateTally after = receiver.Tally;
        Check(before, after, workload);
        Thread.Sleep(s_settle);
        ProcessMemory memory = ProcessMemory.Read(sender.ProcessId);
        double[] changes = Changes(receiver, sender, scenario);
        double withdraw = Time(receiver, 0, workload.Paths, sender.Withdraw);
        Thread.Sleep(s_quiet);
        double injectAgain = Time(receiver, workload.Paths, 0, sender.Inject);
        Thread.Sleep(s_quiet);
        double withdrawAgain = Time(receiver, 0, workload.Paths, sender.Withdraw);
        long updates = after.Updates - before.Updates;
        return new Sample
        {
            Connect = connect,
            Inject = inject,
            Withdraw = withdraw,
            InjectAgain = injectAgain,
            WithdrawAgain = withdrawAgain,
            Memory = memory,
            PathsInUpdate = after.LargestAnnouncement,
            FullUpdates = 100.0 * (after.FullUpdates - before.FullUpdates) / updates,
            Changes = changes,
        };
    }

    private static double[] Changes(BgpReceiver receiver, ISender sender, Scenario scenario)
    {
        double[] times = new double[scenario.Changes];
        int paths = scenario.Workload.NextHops;
        for (int i = 0; i < times.Length; i++)
        {
            bool announce = i % 2 == 0;
            times[i] = Time(receiver, announce ? paths : 0, announce ? 0 : paths, () => sender.Change(announce));
            Thread.Sleep(2);
        }

        Array.Sort(times);
        return times;
    }

    private static double Time(BgpReceiver receiver, long announced, long withdrawn, Action command)
    {
        Arrival arrival = receiver.Expect(announced, withdrawn);
        long from = Stopwatch.GetTimestamp();
        command();
        return Milliseconds(from, arrival.Wait(s_timeout));
    }

    private static void Check(in UpdateTally before, in UpdateTally after, Workload workload)
    {
        if (after.Announced - before.Announced != workload.Paths || after.AnnouncedSum - before.AnnouncedSum != workload.AddressSum)
        {
            throw new BenchException($"The receiver saw {after.Announced - before.Announced} announcements, but not each of the {workload.Paths} paths once.");
        }
    }

    private static T Wait<T>(Task<T> task) => Wait((Task)task) ? task.Result : default!;

    private static bool Wait(Task task)
    {
        try
        {
            return task.Wait(s_timeout) ? true : throw new BenchException($"No session within {s_timeout.TotalSeconds} s.");
        }
        catch (AggregateException exception)
        {
            throw new BenchException("The session failed: " + exception.InnerException!.Message, exception.InnerException);
        }
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
