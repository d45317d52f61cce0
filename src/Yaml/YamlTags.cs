namespace BgpLoadBalancer.Yaml;

/// <summary>The tags of YAML's core schema (YAML 1.2 §10.3); others are an error, since ignoring one would change what the text means.</summary>
internal static class YamlTags
{
    public const string String = "tag:yaml.org,2002:str";
    public const string Null = "tag:yaml.org,2002:null";
    public const string NonSpecific = "!";

    private const string Mapping = "tag:yaml.org,2002:map";
    private const string Sequence = "tag:yaml.org,2002:seq";

    public static bool IsForScalar(string tag) =>
        tag is String or Null or NonSpecific or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float";

    public static bool IsForMapping(string tag) => tag is Mapping or NonSpecific;

    public static bool IsForSequence(string tag) => tag is Sequence or NonSpecific;
}
