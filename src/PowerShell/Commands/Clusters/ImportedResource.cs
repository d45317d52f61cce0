using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>
/// What an import makes of a resource. Status comes with what is new, as a backup has it; of what is there it stays as it is, except of Nodes, which no
/// controller of ours reports about. Labels and annotations of Kubernetes' own kinds are added, as they may be other people's; those of ours are replaced.
/// </summary>
internal sealed class ImportedResource
{
    private readonly Resource? _current;
    private readonly Resource _wanted;

    public ImportedResource(Resource wanted, Resource? current)
    {
        _current = current;
        _wanted = current is null ? wanted : Over(wanted, current);
    }

    public bool IsNew => _current is null;

    public bool IsNothing => _current is not null && ResourceContent.Same(_current, _wanted);

    public async Task<Resource> WriteAsync(ResourceAccess access, IClusterStore store, CancellationToken cancellationToken)
    {
        Resource written = _current is null
            ? await access.CreateAsync(store, _wanted, cancellationToken).ConfigureAwait(false)
            : await access.UpdateAsync(store, _wanted, cancellationToken).ConfigureAwait(false);
        return ResourceStatus.IsPartOf(_wanted)
            ? await access.UpdateStatusAsync(store, _wanted with { Metadata = written.Metadata }, cancellationToken).ConfigureAwait(false)
            : written;
    }

    private static Resource Over(Resource wanted, Resource current)
    {
        Resource kept = wanted is NodeResource ? wanted : ResourceStatus.Take(wanted, current);
        bool replaces = ConfigurationKinds.IsOfCluster(wanted);
        return kept with
        {
            Metadata = current.Metadata with
            {
                Labels = replaces ? wanted.Metadata.Labels : current.Metadata.Labels.SetItems(wanted.Metadata.Labels),
                Annotations = replaces ? wanted.Metadata.Annotations : current.Metadata.Annotations.SetItems(wanted.Metadata.Annotations),
            },
        };
    }
}
