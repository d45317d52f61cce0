namespace BgpLoadBalancer.Cluster.Planning.Hypotheses;

/// <summary>A cluster cannot be imagined that way: what is to go is not there, or what is to come is there already.</summary>
public sealed class HypothesisException(string message) : Exception(message);
