namespace BgpLoadBalancer.Bench.Rows;

/// <summary>What one run of one contender gave. Times in milliseconds, memory in megabytes.</summary>
internal sealed record Sample
{
    /// <summary>Process start to the connection at the receiver.</summary>
    public required double Connect { get; init; }

    /// <summary>Command to last prefix at the receiver, the first time in the process.</summary>
    public required double Inject { get; init; }

    public required double Withdraw { get; init; }

    /// <summary>The same once more in the same process.</summary>
    public required double InjectAgain { get; init; }

    public required double WithdrawAgain { get; init; }

    /// <summary>With the whole workload announced, a second after it was.</summary>
    public required ProcessMemory Memory { get; init; }

    /// <summary>The most paths in one UPDATE of the first announcement.</summary>
    public required double PathsInUpdate { get; init; }

    /// <summary>Percent of its UPDATEs without room for one more path.</summary>
    public required double FullUpdates { get; init; }

    /// <summary>Single changes, command to prefix at the receiver, ascending; empty where the scenario has none.</summary>
    public required double[] Changes { get; init; }
}
