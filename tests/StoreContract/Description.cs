using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.StoreContract;

/// <summary>All that a resource says, as lines of text: to compare by content, and to see in a failure what differs.</summary>
public static class Description
{
    public static string Of(object? value)
    {
        StringBuilder text = new();
        Write(text, "", value);
        return text.ToString();
    }

    /// <summary>Without what the store gives: UID and resource version.</summary>
    public static string OfContent(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Of(resource with { Metadata = resource.Metadata with { Uid = null, ResourceVersion = null } });
    }

    private static void Write(StringBuilder text, string path, object? value)
    {
        switch (value)
        {
            case null or string or IPAddress or IPNetwork or AddressRange or DateTimeOffset or Enum:
            case IConvertible:
                text.AppendLine(CultureInfo.InvariantCulture, $"{path}: {value ?? "nothing"}");
                break;
            case IEnumerable items:
                Write(text, path, items);
                break;
            default:
                foreach (PropertyInfo property in value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
                {
                    Write(text, path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.GetValue(value));
                }

                break;
        }
    }

    private static void Write(StringBuilder text, string path, IEnumerable items)
    {
        int index = 0;
        foreach (object? item in items) Write(text, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), item);
        if (index == 0) text.AppendLine(CultureInfo.InvariantCulture, $"{path}: empty");
    }
}
