namespace BgpLoadBalancer.Bench.Module;

/// <summary>One fresh engine, in milliseconds.</summary>
/// <param name="Open">Until it takes commands.</param>
/// <param name="Empty">Its first pipeline, without the module.</param>
/// <param name="Import">Import-Module, beyond those two.</param>
/// <param name="First">The first command of the module.</param>
/// <param name="Table">The first 1,000 sessions as a table.</param>
/// <param name="TableAgain">The same once more.</param>
internal sealed record ModuleSample(double Open, double Empty, double Import, double First, double Table, double TableAgain);
