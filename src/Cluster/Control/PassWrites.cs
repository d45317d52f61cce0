using BgpLoadBalancer.Cluster.Control.Reconciling;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>What one pass wants written, in order, and what nobody foresaw: that ends the one part or object that it is about, and no other.</summary>
internal sealed class PassWrites
{
    private readonly List<StoreWrite> _all = [];
    private readonly List<Fault> _faults = [];

    public IReadOnlyList<StoreWrite> All => _all;

    public IReadOnlyList<Fault> Faults => _faults;

    public void Add(StoreWrite? write)
    {
        if (write is not null) _all.Add(write);
    }

    /// <summary>Adds the writes of a whole part; those before a fault in it stay.</summary>
    /// <param name="part">What a fault in it is about.</param>
    public void AddPart(string part, Action<PassWrites> of)
    {
        ArgumentNullException.ThrowIfNull(of);
        try
        {
            of(this);
        }
        catch (Exception exception)
        {
            _faults.Add(new(part, exception));
        }
    }

    /// <summary>Adds the write of each object, if it needs one.</summary>
    /// <param name="subject">What a fault is about.</param>
    public void AddEach<T>(IEnumerable<T> objects, Func<T, StoreWrite?> of, Func<T, string> subject)
    {
        ArgumentNullException.ThrowIfNull(objects);
        foreach (T one in objects)
        {
            try
            {
                Add(of(one));
            }
            catch (Exception exception)
            {
                _faults.Add(new(subject(one), exception));
            }
        }
    }

    public void Add(Fault fault) => _faults.Add(fault);
}
