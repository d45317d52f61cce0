using System.Globalization;

namespace BgpLoadBalancer.PowerShell.Commands;

/// <summary>The durations of leases as parameters give them, checked against each other in the words of the parameters (R19, R23, R38). All in seconds.</summary>
internal static class LeaseDurations
{
    /// <summary>More often than this nobody renews a lease.</summary>
    public const double Shortest = 0.1;

    /// <param name="margin">What is between drop and lease, at least.</param>
    /// <param name="leastDrop">What drop is at least.</param>
    /// <param name="twice">What happens with less.</param>
    /// <param name="lost">What happens with too few renewals.</param>
    /// <returns>What is wrong, and what would be right; null when nothing is.</returns>
    public static string? Problem(double renew, double drop, int lease, TimeSpan margin, double leastDrop, string twice, string lost)
    {
        double most = lease - margin.TotalSeconds;
        string shorter = most < leastDrop ? "" : Text($"-DropTimeSec at most {most}, or ");
        if (2 * renew >= drop) return Text($"-RenewIntervalSec is {renew} and -DropTimeSec is {drop}: {lost}. Make -RenewIntervalSec less than {drop / 2}, or -DropTimeSec more than {2 * renew}.");
        if (drop + margin.TotalSeconds > lease) return Text($"-DropTimeSec is {drop} and -LeaseDurationSec is {lease}: {twice}. Make {shorter}-LeaseDurationSec at least {Math.Ceiling(drop + margin.TotalSeconds)}.");
        return null;
    }

    /// <inheritdoc cref="Problem"/>
    public static string? ProblemOfNode(double renew, int lease) => 2 * renew <= lease
        ? null
        : Text($"-NodeRenewIntervalSec is {renew} and -NodeLeaseDurationSec is {lease}: one failed renewal would take the node out. Make -NodeRenewIntervalSec at most {lease / 2.0}, or -NodeLeaseDurationSec at least {Math.Ceiling(2 * renew)}.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
