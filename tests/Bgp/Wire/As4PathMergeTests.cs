using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;
using BgpLoadBalancer.Bgp.Wire.Attributes;
using CsCheck;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

/// <summary>RFC 6793 §4.2.3. Paths are written with s for a sequence, t for a set, c for a confederation sequence.</summary>
public sealed class As4PathMergeTests
{
    [Theory]
    [InlineData("s1,2", "", "s1,2")]
    [InlineData("s1,2,3", "s70002,70003", "s1,70002,70003")]
    [InlineData("s1,2 s3", "s70003", "s1,2,70003")]
    [InlineData("s1,2,3,4", "s5 s6", "s1,2,5 s6")]
    [InlineData("s1 t2,3", "s70001 t70002,3", "s70001 t70002,3")]
    [InlineData("t1,2 s3", "s70003", "t1,2 s70003")]
    [InlineData("s9 t1,2 s3", "t70001 s70003", "s9 t70001 s70003")]
    [InlineData("c64512 s1,2", "s70002", "c64512 s1,70002")]
    [InlineData("c64512 s1", "s70001", "c64512 s70001")]
    [InlineData("s1 c64512 s2", "s70002", "s1 c64512 s70002")]
    [InlineData("s1,2 c64512", "s70002", "s1,70002")]
    [InlineData("s1", "s2,3", "s1")]
    [InlineData("t1,2", "s70001,70002", "t1,2")]
    public void The_leading_part_comes_from_AS_PATH(string path, string as4Path, string merged) =>
        Assert.Equal(merged, Text(As4PathMerge.Merge(Path(path), Path(as4Path))));

    [Fact]
    public void What_old_speakers_put_in_front_of_a_new_speakers_path_is_kept() => Gen.Select(
        Generators.Attributes, Gen.UInt[1, 23_455].Array[1, 20]).Sample(
        (attributes, prepended) =>
        {
            ImmutableArray<AsPathSegment> seen = [new(AsPathSegmentType.Sequence, [.. prepended]), .. attributes.AsPath];
            ImmutableArray<uint> merged = [.. As4PathMerge.Merge(seen, attributes.AsPath).SelectMany(segment => segment.Asns)];
            Assert.Equal([.. prepended, .. attributes.AsPath.SelectMany(segment => segment.Asns)], merged);
        });

    [Fact]
    public void ContainsAsn_agrees_with_the_merged_path_when_AS4_PATH_is_ignored()
    {
        // ORIGIN; AS_PATH 100; AS4_PATH 70000 65001: too long to be true.
        byte[] attributes = Convert.FromHexString("40010100" + "40020402010064" + "C0110A0202" + "00011170" + "0000FDE9");
        PathAttributes read = AttributeReader.Read(attributes, default, hasNlri: false, out _);
        Assert.Equal([100u], read.AsPath.Single().Asns);
        Assert.False(AttributeReader.ContainsAsn(attributes, default, 70_000));
        Assert.True(AttributeReader.ContainsAsn(attributes, default, 100));
    }

    private static ImmutableArray<AsPathSegment> Path(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(segment => new AsPathSegment(
            segment[0] switch { 's' => AsPathSegmentType.Sequence, 't' => AsPathSegmentType.Set, _ => AsPathSegmentType.ConfederationSequence },
            [.. segment[1..].Split(',').Select(uint.Parse)])),
    ];

    private static string Text(ImmutableArray<AsPathSegment> path) => string.Join(' ', path.Select(segment =>
        segment.Type switch { AsPathSegmentType.Sequence => "s", AsPathSegmentType.Set => "t", _ => "c" } + string.Join(',', segment.Asns)));
}
