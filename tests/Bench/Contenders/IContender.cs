using System.Net;

namespace BgpLoadBalancer.Bench.Contenders;

/// <summary>One of those who are compared.</summary>
internal interface IContender
{
    string Name { get; }

    /// <summary>Does beforehand what is not measured: writing configuration files.</summary>
    /// <param name="receiver">Where the session goes.</param>
    /// <returns>Starts the process.</returns>
    Func<ISender> Prepare(Workload workload, IPEndPoint receiver);
}
