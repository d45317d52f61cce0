using System.Diagnostics;

namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>Waits for the world to become as it should, with an end.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks until what is seen is right.</summary>
    /// <param name="what">A sentence that names what is waited for.</param>
    /// <param name="context">What helps to understand a failure, such as logs.</param>
    /// <returns>What was seen last, and how long it took.</returns>
    public static async Task<(T Seen, TimeSpan Elapsed)> BecomesAsync<T>(
        string what, Func<Task<T>> look, Func<T, bool> isRight, TimeSpan limit, Func<string> context)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            T seen = await look();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            if (isRight(seen)) return (seen, elapsed);
            if (elapsed > limit) Assert.Fail($"Not within {limit.TotalSeconds} s: {what}\nlast seen: {Describe(seen)}\n{context()}");
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }

    private static string Describe<T>(T seen) => seen switch
    {
        null => "nothing",
        string text => text,
        System.Collections.IEnumerable many => "[" + string.Join(", ", many.Cast<object?>()) + "]",
        _ => seen.ToString() ?? "",
    };
}
