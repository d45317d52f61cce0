using System.Text;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.Agent.Sessions;

/// <summary>The password of a BGPPeer from the Secret that it names (R5, R28).</summary>
internal static class PeerPassword
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="password">Null where the peer names no Secret. Without the line end that editors put after it.</param>
    /// <returns>Why there is none although the peer asks for one, without anything that is secret; null when all is well.</returns>
    public static string? Find(BgpPeerResource peer, IEnumerable<SecretResource> secrets, out string? password)
    {
        password = null;
        if (peer.PasswordSecret is not { } name) return null;
        string title = $"Secret {name}, which BGPPeer {peer.Metadata.Name} names for its password,";
        if (secrets.FirstOrDefault(secret => secret.Metadata.Name == name && secret.Metadata.Namespace == peer.Metadata.Namespace) is not { } found) return $"{title} is not there: create it in namespace {peer.Metadata.Namespace}.";
        if (!found.Data.TryGetValue(SecretResource.PasswordKey, out string? text)) return $"{title} has no key '{SecretResource.PasswordKey}': put the password under it.";
        try
        {
            password = s_strict.GetString(Convert.FromBase64String(text)).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return $"{title} has under '{SecretResource.PasswordKey}' what is no base 64 of UTF-8 text: encode the password so.";
        }

        if (password.Length > 0) return null;
        password = null;
        return $"{title} has an empty password: put one in, or take the name out of the BGPPeer.";
    }
}
