using System.Reflection;
using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Loading;

/// <summary>Another module's YamlDotNet, loaded by PowerShell into the default context before ours is asked for anything.</summary>
public sealed class OtherYamlDotNet
{
    public OtherYamlDotNet()
    {
        using Shell shell = new();
        string path = Path.Combine(AppContext.BaseDirectory, nameof(OtherYamlDotNet), "YamlDotNet.dll");
        Assembly = (Assembly)Assert.Single(shell.Run($"[System.Reflection.Assembly]::LoadFrom('{path}')"));
    }

    public Assembly Assembly { get; }
}
