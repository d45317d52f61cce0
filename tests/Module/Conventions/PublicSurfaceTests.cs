using System.Reflection;

namespace BgpLoadBalancer.Module.Tests.Conventions;

/// <summary>PowerShell walks the exported types of the module at import: what they show must be there without the plug-ins.</summary>
public sealed class PublicSurfaceTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Isolated = ["YamlDotNet", "BgpLoadBalancer.Yaml", "BgpLoadBalancer.Kubernetes", "KubernetesClient"];

    public static TheoryData<string> Types => [.. ModuleTypes.Assembly.GetExportedTypes().Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Types))]
    public void No_type_shows_one_of_an_isolated_assembly(string name)
    {
        Type type = ModuleTypes.Assembly.GetType(name, throwOnError: true)!;
        IEnumerable<string> seen = Seen(type).SelectMany(Parts).Select(part => part.Assembly.GetName().Name!);
        Assert.Empty(seen.Intersect(Isolated));
    }

    [Fact]
    public void The_module_references_no_isolated_assembly() =>
        Assert.Empty(ModuleTypes.Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Intersect(Isolated));

    [Fact]
    public void What_is_written_is_unchangeable()
    {
        IEnumerable<string> settable = ModuleTypes.OutputTypes
            .SelectMany(type => type.GetProperties())
            .Where(property => property.SetMethod is { IsPublic: true } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");
        Assert.Empty(settable);
    }

    private static IEnumerable<Type> Seen(Type type) =>
    [
        .. type.GetInterfaces(),
        .. type.BaseType is { } basis ? [basis] : Type.EmptyTypes,
        .. type.GetFields(Declared).Select(field => field.FieldType),
        .. type.GetProperties(Declared).Select(property => property.PropertyType),
        .. type.GetMethods(Declared).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)),
        .. type.GetConstructors(Declared).SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType),
    ];

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Parts).Append(type);
}
