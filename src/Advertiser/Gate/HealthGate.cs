namespace BgpLoadBalancer.Advertiser.Gate;

/// <summary>Whether the VIPs may be announced (R13): one success opens, three failures in a row close. Closed at first. Pure.</summary>
internal sealed class HealthGate
{
    public const int FailuresToClose = 3;

    public bool IsOpen { get; private set; }

    /// <summary>Failures since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>Takes the result of one check.</summary>
    /// <returns>True when <see cref="IsOpen"/> has changed.</returns>
    public bool Report(bool healthy)
    {
        bool before = IsOpen;
        Failures = healthy ? 0 : Failures + 1;
        IsOpen = healthy || (IsOpen && Failures < FailuresToClose);
        return IsOpen != before;
    }
}
