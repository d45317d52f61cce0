namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>An output object that, in a pipeline to a cmdlet that gets <typeparamref name="T"/>, stands for those that it has to do with.</summary>
public interface IBgpRelated<in T>
{
    bool IsRelatedTo(T thing);
}
