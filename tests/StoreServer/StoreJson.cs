using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.StoreServer;

/// <summary>Records as JSON, field by field as they are: between builds of the same sources only, and no format of Kubernetes.</summary>
internal static class StoreJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        Converters =
        {
            new JsonStringEnumConverter(),
            new TextConverter<IPAddress>(IPAddress.Parse),
            new TextConverter<IPNetwork>(IPNetwork.Parse),
            new TextConverter<AddressRange>(text => AddressRange.TryParse(text, out AddressRange range) ? range : throw new FormatException($"'{text}' is not a range of addresses.")),
        },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutMissingLists } },
    };

    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    public static T FromElement<T>(JsonElement? element) => (element ?? throw new JsonException("A value is missing.")).Deserialize<T>(Options) ?? throw new JsonException("A value is null.");

    // A list that was never made cannot be enumerated.
    private static void LeaveOutMissingLists(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (!property.PropertyType.IsGenericType || property.PropertyType.GetGenericTypeDefinition() != typeof(ImmutableArray<>)) continue;
            object missing = Activator.CreateInstance(property.PropertyType)!;
            property.ShouldSerialize = (_, value) => !missing.Equals(value);
        }
    }

    private sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            string text = reader.GetString() ?? throw new JsonException($"A {typeof(T).Name} is missing.");
            try
            {
                return parse(text);
            }
            catch (FormatException exception)
            {
                throw new JsonException(exception.Message, exception);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue($"{value}");
    }
}
