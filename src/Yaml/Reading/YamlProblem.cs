namespace BgpLoadBalancer.Yaml.Reading;

/// <summary>Why a scalar is not a value of the kind wanted, and what would be; both are sentences.</summary>
public sealed record YamlProblem(string Message, string Advice);

/// <summary>Turns a scalar that is not null into a value.</summary>
/// <returns>Null when it could.</returns>
public delegate YamlProblem? YamlConversion<T>(YamlScalar scalar, out T value);
