using System.Buffers;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

public sealed class GoldenTests
{
    public static TheoryData<string> Cases => [.. GoldenCase.Names];

    public static TheoryData<string> Messages => [.. GoldenCase.Names.Where(name => GoldenCase.Load(name).IsMessage)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_reads_as_expected(string name)
    {
        GoldenCase golden = GoldenCase.Load(name);
        Assert.Equal(golden.Expected, MessageText.Describe(golden.Input, golden.Context));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_canonical_message_is_written_back_to_the_same_octets(string name)
    {
        GoldenCase golden = GoldenCase.Load(name);
        ArrayBufferWriter<byte> output = new();
        if (golden.NotCanonical == GoldenCase.NotOurs)
        {
            Assert.Throws<BgpProtocolException>(() => MessageBytes.Rewrite(golden.Input, golden.Context, output));
            return;
        }

        MessageBytes.Rewrite(golden.Input, golden.Context, output);
        string written = Convert.ToHexStringLower(output.WrittenSpan);
        string read = Convert.ToHexStringLower(golden.Input);
        if (golden.NotCanonical is null) Assert.Equal(read, written);
        else Assert.NotEqual(read, written);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_that_is_cut_off_is_waited_for_or_refused_like_the_whole(string name)
    {
        GoldenCase golden = GoldenCase.Load(name);
        for (int length = 0; length < golden.Input.Length; length++)
        {
            string described = MessageText.Describe(golden.Input.AsSpan(0, length), golden.Context);
            if (described != "need more") Assert.Equal(golden.Expected, described);
        }
    }

    [Fact]
    public void There_are_golden_messages() => Assert.True(GoldenCase.Names.Count() > 150);
}
