using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Stores;

/// <content>From files and back.</content>
public sealed partial class ManifestClusterStore
{
    private ManifestSources _sources = new([], []);
    private ImmutableDictionary<string, SourcedResource> _brought = ImmutableDictionary<string, SourcedResource>.Empty;

    /// <summary>What reading the files found. An object with an error is there, without the fields that could not be read; documents of other kinds are passed over, and kept by <see cref="Write"/>.</summary>
    public ImmutableArray<Finding> Findings { get; private set; } = [];

    /// <summary>A store with the objects of manifests, with their status and, where a document has one, their UID.</summary>
    /// <exception cref="ClusterStoreException">
    /// <see cref="StoreError.Invalid"/>: a file could not be read, an object has no name or namespace that can be stored, or two objects are one by their
    /// names. The message says where.
    /// </exception>
    public static ManifestClusterStore Load(IEnumerable<ManifestFile> files, ManifestStoreOptions options)
    {
        ImmutableArray<ManifestFile> all = [.. files];
        if (all.Select(file => file.Problem).FirstOrDefault(problem => problem is not null) is { } unreadable) throw Refusal(unreadable.File, unreadable.Line, unreadable.Message, null);
        ManifestClusterStore store = new(options);
        ReadResult read = ResourceReader.Read(all.SelectMany(file => file.Documents));
        store.Findings = read.Findings;
        HashSet<string> uids = [];
        store._sources = new(all, [.. read.Resources.Select(source => (store.Add(source, uids), source))]);
        return store;
    }

    /// <summary>All objects of the kinds that have rules, as they are now, with their places: what <see cref="ConfigurationRules"/> wants as what exists.</summary>
    public ImmutableArray<SourcedResource> Sources() => _sources.Of(ByUid());

    /// <summary>
    /// The files with all that has changed since they were read, and nothing else touched. Objects that were created become documents at the end of the file
    /// that has their kind, or else the cluster; deleted ones are taken out. Of the kinds that people do not edit here, changes of
    /// metadata and of a Service's addresses are written, and new objects only where <see cref="Bring"/> has told what their document is. A Secret's values
    /// are never written: its document stays as it was.
    /// </summary>
    /// <param name="newFile">The name of the one file of a store that was not loaded from files.</param>
    /// <exception cref="InvalidOperationException">A document could not be written so that it reads back the same.</exception>
    public ImmutableArray<WrittenManifest> Write(IManifestFormat format, string newFile)
    {
        ArgumentNullException.ThrowIfNull(format);
        return _sources.Write(ByUid(), Volatile.Read(ref _brought), format, newFile);
    }

    /// <summary>Tells which document an object was made of that came from other files, so that <see cref="Write"/> also writes what its record does not know.</summary>
    /// <param name="uid">Of the object, which is in this store.</param>
    /// <exception cref="ArgumentException">It is a Secret: passwords are not carried from file to file.</exception>
    public void Bring(string uid, SourcedResource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Resource is SecretResource) throw new ArgumentException("The document of a Secret is not kept.", nameof(source));
        _ = ImmutableInterlocked.AddOrUpdate(ref _brought, uid, source, (_, _) => source);
    }

    private string Add(SourcedResource source, HashSet<string> uids)
    {
        try
        {
            // A document that was copied with its UID describes another object.
            string? uid = source.Resource.Metadata.Uid is { Length: > 0 } given && uids.Add(given) ? given : null;
            lock (_gate) return Add(_tables[source.Resource.GetType()], source.Resource, uid).Metadata.Uid!;
        }
        catch (ClusterStoreException refusal)
        {
            throw Refusal(source.Document.File, DocumentPath.Find(source.Document.Root, source.BasePath, out _).Position.Line, refusal.Message, refusal);
        }
    }

    private Dictionary<string, Resource> ByUid()
    {
        lock (_gate) return _tables.Values.SelectMany(table => table.Objects.Values).ToDictionary(resource => resource.Metadata.Uid!);
    }

    private static ClusterStoreException Refusal(string file, int line, string message, Exception? inner) => new(StoreError.Invalid, $"{file}, line {line}: {message}", inner);
}
