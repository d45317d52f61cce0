using System.Management.Automation;
using System.Reflection;
using BgpLoadBalancer.PowerShell;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Conventions;

/// <summary>The cmdlets of the module and what they write, by reflection.</summary>
internal static class ModuleTypes
{
    public static Assembly Assembly { get; } = typeof(BgpException).Assembly;

    public static IReadOnlyDictionary<string, Type> Cmdlets { get; } = Assembly.GetExportedTypes()
        .Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null)
        .ToDictionary(type => NameOf(type), StringComparer.Ordinal);

    public static IReadOnlyList<Type> OutputTypes { get; } =
        [.. Cmdlets.Values.SelectMany(Outputs).Where(type => type.Assembly == Assembly).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>What is written, and what people look at in properties of that.</summary>
    public static IReadOnlyList<Type> ShownTypes { get; } = [.. OutputTypes, typeof(BgpWorkEvent)];

    public static IEnumerable<Type> Outputs(Type cmdlet) =>
        cmdlet.GetCustomAttributes<OutputTypeAttribute>().SelectMany(attribute => attribute.Type).Select(output => output.Type);

    public static string Verb(string cmdlet) => cmdlet.Split('-')[0];

    public static string Noun(string cmdlet) => cmdlet.Split('-')[1];

    /// <summary>The cmdlet's own parameters, each with its declarations (one a parameter set).</summary>
    public static IReadOnlyDictionary<string, ParameterAttribute[]> Parameters(Type cmdlet) => cmdlet.GetProperties()
        .Select(property => (property.Name, Declarations: property.GetCustomAttributes<ParameterAttribute>().ToArray()))
        .Where(parameter => parameter.Declarations.Length > 0)
        .ToDictionary(parameter => parameter.Name, parameter => parameter.Declarations, StringComparer.Ordinal);

    private static string NameOf(Type type)
    {
        CmdletAttribute attribute = type.GetCustomAttribute<CmdletAttribute>()!;
        return $"{attribute.VerbName}-{attribute.NounName}";
    }
}
