using System.Net;
using System.Text;
using BgpLoadBalancer.Node.ControlPlane;
using BgpLoadBalancer.Node.Tests.Agent;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.ControlPlane;

/// <summary>What is made of everything that may answer on bgpadvertiser's health port, or not.</summary>
public sealed class AdvertiserClientTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sessions_are_read_and_what_else_is_said_is_passed_over()
    {
        AdvertiserAnswer answer = await AskAsync($"[{ControlPlaneCluster.Json(0)},{ControlPlaneCluster.Json(1, "OpenSent", "")}]");

        Assert.Null(answer.Problem);
        AdvertiserSession first = answer.Sessions[0];
        Assert.Equal((AgentCluster.RouterAddress(0), AgentCluster.NodeAddress(0), 65001u, 65002u), (first.Peer, first.Local, first.LocalAsn, first.PeerAsn));
        Assert.Equal(("Established", 3L, false, null), (first.Status.State, first.Status.Flaps, first.Status.AddPath, first.Status.LastError));
        Assert.Equal([IPNetwork.Parse("10.9.0.8/32")], first.Status.AdvertisedRoutes);
        Assert.Equal(DateTimeOffset.Parse("2026-01-01T00:00:01Z", System.Globalization.CultureInfo.InvariantCulture), first.Status.EstablishedTime);
        Assert.Equal(("OpenSent", 0), (answer.Sessions[1].Status.State, answer.Sessions[1].Status.AdvertisedRoutes.Length));
        Assert.Empty((await AskAsync("[]")).Sessions);
    }

    [Theory]
    [InlineData("", "The input does not contain any JSON tokens")]
    [InlineData("<html>", "'<' is an invalid start of a value")]
    [InlineData("null", "it is null")]
    [InlineData("{}", "could not be converted")]
    [InlineData("[null]", "a session is null")]
    [InlineData("[{}]", "missing required properties")]
    [InlineData("[{", "Path: $[0]")]
    public async Task What_is_no_list_of_sessions_is_told(string text, string words) => await RefusedAsync(text, words);

    [Theory]
    [InlineData("\"Established\"", "\"Happy\"", "'Happy' is not a state of a session")]
    [InlineData("\"Established\"", "\"5\"", "'5' is not a state of a session")]
    [InlineData("\"Established\"", "null", "state")]
    [InlineData("\"peerIP\":\"127.0.1.1\"", "\"peerIP\":\"2001:db8::1\"", "'2001:db8::1' is not an IPv4 address")]
    [InlineData("\"localIP\":\"127.0.1.10\"", "\"localIP\":\"here\"", "'here' is not an IPv4 address")]
    [InlineData("10.9.0.8/32", "10.9.0.8/33", "'10.9.0.8/33' is not a prefix")]
    [InlineData("[\"10.9.0.8/32\"]", "[null]", "'' is not a prefix")]
    [InlineData("65002", "-1", "peerASN")]
    [InlineData("\"flaps\":3", "\"flaps\":-3", "flaps cannot be -3")]
    public async Task A_session_with_a_bad_value_is_told(string part, string bad, string words)
    {
        string json = ControlPlaneCluster.Json(0);
        Assert.Contains(part, json, StringComparison.Ordinal);
        await RefusedAsync($"[{json.Replace(part, bad, StringComparison.Ordinal)}]", words);
    }

    [Fact]
    public async Task A_long_text_is_cut() =>
        Assert.Equal(1001, (await AskAsync($"[{ControlPlaneCluster.Json(0).Replace("\"lastError\":null", $"\"lastError\":\"{new string('e', 5000)}\"", StringComparison.Ordinal)}]")).Sessions[0].Status.LastError!.Length);

    [Fact]
    public async Task Another_status_says_that_somebody_else_listens() =>
        Assert.Contains("HTTP status 404", (await AskAsync(new FakeHealthPort { Status = HttpStatusCode.NotFound })).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task Who_does_not_answer_is_told_with_the_reason() => Assert.Equal(
        "bgpadvertiser does not answer at http://127.0.0.1:8080/sessions: Connection refused",
        (await AskAsync(new FakeHealthPort { Failure = new HttpRequestException("Connection refused") })).Problem);

    [Fact]
    public async Task An_answer_without_end_is_cut_off() =>
        Assert.Contains($"maximum buffer size: {AdvertiserClient.LongestAnswer}", (await AskAsync(new string(' ', AdvertiserClient.LongestAnswer + 1))).Problem, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task Who_takes_too_long_is_not_waited_for()
    {
        using AdvertiserClient client = Client(new FakeHealthPort { Hangs = true });
        Task<AdvertiserAnswer> asking = client.AskAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(asking.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal("bgpadvertiser has not answered at http://127.0.0.1:8080/sessions within 2 s.", (await asking).Problem);
    }

    [Fact]
    public async Task Cancelling_ends_the_question()
    {
        using AdvertiserClient client = Client(new FakeHealthPort { Hangs = true });
        using CancellationTokenSource ending = new();
        Task<AdvertiserAnswer> asking = client.AskAsync(ending.Token);
        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private async Task RefusedAsync(string text, string words)
    {
        AdvertiserAnswer answer = await AskAsync(text);
        Assert.StartsWith("http://127.0.0.1:8080/sessions does not answer as bgpadvertiser does: ", answer.Problem, StringComparison.Ordinal);
        Assert.Contains(words, answer.Problem, StringComparison.Ordinal);
        Assert.Empty(answer.Sessions);
    }

    private Task<AdvertiserAnswer> AskAsync(string text) => AskAsync(new FakeHealthPort { Text = text });

    private async Task<AdvertiserAnswer> AskAsync(FakeHealthPort port)
    {
        using AdvertiserClient client = Client(port);
        return await client.AskAsync(Stop);
    }

    private AdvertiserClient Client(FakeHealthPort port) => new(new(IPAddress.Loopback, 8080), TimeSpan.FromSeconds(2), _time, port);
}
