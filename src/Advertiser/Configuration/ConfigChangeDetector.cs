namespace BgpLoadBalancer.Advertiser.Configuration;

/// <summary>
/// Decides when a reading is a change to act on. A file that is being written shows many faces, so what a poll finds counts only when
/// the next poll finds the same; a signal counts at once. Replaced files, moved symlinks (as Kubernetes mounts them) and changed
/// password files look alike: the reading differs.
/// </summary>
internal sealed class ConfigChangeDetector(ConfigReading reported)
{
    private ConfigReading _reported = reported;
    private ConfigReading? _candidate;

    /// <summary>Takes what a poll has found.</summary>
    /// <returns>True when it is to be acted on.</returns>
    public bool Poll(ConfigReading reading)
    {
        if (reading.Equals(_reported))
        {
            _candidate = null;
            return false;
        }

        if (!reading.Equals(_candidate))
        {
            _candidate = reading;
            return false;
        }

        Accept(reading);
        return true;
    }

    /// <summary>Takes what was read because somebody asked for it.</summary>
    public void Accept(ConfigReading reading) => (_reported, _candidate) = (reading, null);
}
