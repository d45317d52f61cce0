namespace BgpLoadBalancer.Node.Tests.Simulation;

/// <summary>R19: never two holders, whatever fails, and the right one once nothing does.</summary>
public sealed class FloatingIPSimulationTests
{
    private const int Schedules = 10_000;

    [Fact]
    public void No_schedule_of_faults_gives_an_address_to_two_nodes_or_keeps_it_from_the_right_one()
    {
        int moves = 0;
        for (int seed = 0; seed < Schedules; seed++)
        {
            FloatingIPSimulation simulation = new(seed);
            string? violation = simulation.Run();
            if (violation is not null) Fail(seed, violation);
            moves += simulation.Moves;
        }

        // Else the schedules would prove little.
        Assert.InRange(moves, 2 * Schedules, int.MaxValue);
    }

    private static void Fail(int seed, string violation)
    {
        FloatingIPSimulation again = new(seed, trace: true);
        again.Run();
        Assert.Fail($"Seed {seed}: {violation}\n{string.Join('\n', again.Trace)}");
    }
}
