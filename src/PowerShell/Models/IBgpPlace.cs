namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>Where cmdlets act: a speaker or a cluster. In a pipeline it says where, and nothing about the thing that a cmdlet is about.</summary>
public interface IBgpPlace
{
    string Name { get; }
}
