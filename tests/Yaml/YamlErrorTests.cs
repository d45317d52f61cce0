using System.Text;
using CsCheck;

namespace BgpLoadBalancer.Yaml.Tests;

public sealed class YamlErrorTests
{
    [Fact]
    public void Duplicate_keys_name_both_lines()
    {
        YamlFormatException error = Fails("localASN: 1\nlocalIP: 10.0.0.1\n\"localASN\": 2\n");

        Assert.Equal(new(1, 3, 1), error.Position);
        Assert.Equal("f.yaml:3:1: The key 'localASN' stands here for the second time; the first is in line 1. Keep one.", error.Message);
    }

    [Theory]
    [InlineData("a: 1\n  b: 2\n", 2)]
    [InlineData("a: [1, 2\nb: 3\n", 2)]
    [InlineData("a: \"open\n", 1)]
    [InlineData("a:\n\t- tab\n", 1)]
    [InlineData("a: *none\n", 1)]
    [InlineData("a: &a [*a]\n", 1)]
    [InlineData("a: !!binary eA==\n", 1)]
    [InlineData("x: 1\na: !secret eA==\n", 2)]
    [InlineData("a: !!int [1]\n", 1)]
    [InlineData("? [a, b]\n: 1\n", 1)]
    [InlineData("a: 1\n<<: text\n", 2)]
    [InlineData("a: }\n", 1)]
    [InlineData("%YAML 9.9\n---\na: 1\n", 1)]
    public void Bad_text_is_our_exception_at_its_line(string text, int line)
    {
        YamlFormatException error = Fails(text);

        Assert.True(line == error.Position.Line, error.Message);
        Assert.StartsWith("f.yaml:", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Anchors_end_with_their_document() => Assert.Equal(2, Fails("a: &x 1\n---\nb: *x\n").Position.Document);

    [Fact]
    public void An_alias_bomb_is_refused()
    {
        StringBuilder text = new("l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) text.Append($"l{i}: &l{i} [").AppendJoin(", ", Enumerable.Repeat($"*l{i - 1}", 10)).Append("]\n");

        Assert.Contains("stand for more than 100000 values", Fails(text.ToString()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_is_bounded_with_and_without_aliases()
    {
        YamlLimits limits = new() { MaxDepth = 4 };

        Assert.Single(YamlDocument.Parse("[[[x]]]", "f", limits));
        Assert.Throws<YamlFormatException>(() => YamlDocument.Parse("[[[[x]]]]", "f", limits));
        Assert.Throws<YamlFormatException>(() => YamlDocument.Parse("[&a [[x]], [[*a]]]", "f", limits));
        Assert.Throws<YamlFormatException>(() => YamlDocument.Parse(new string('[', 200_000), "f"));
    }

    [Fact]
    public void Length_is_bounded() =>
        Assert.Throws<YamlFormatException>(() => YamlDocument.Parse("abcdef", "f", new() { MaxLength = 5 }));

    [Fact]
    public void A_file_that_is_not_text_is_refused()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [0x61, 0x3a, 0x20, 0xff, 0xfe, 0xfd]);
            Assert.Contains("not UTF-8", Assert.Throws<YamlFormatException>(() => YamlDocument.Load(path)).Problem, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_pipe_without_an_end_is_refused() =>
        Assert.Throws<YamlFormatException>(() => YamlDocument.Load("/dev/zero", new() { MaxLength = 100_000 }));

    [Fact]
    public void No_text_raises_any_other_exception()
    {
        Gen<string> pieces = Gen.OneOf(new[] { "a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "&x ", "*x", "!", "!!str ", "|", ">", "'", "\"", "\\u12", "%", "---", "...", "?", "#", "\t", "\0", "\ud800", "é", "<<", "@", "`", "~" }.Select(Gen.Const).ToArray());
        pieces.Array[0, 30].Select(array => string.Concat(array)).Sample(
            text =>
            {
                try
                {
                    YamlDocument.Parse(text, "f");
                }
                catch (YamlFormatException error)
                {
                    Assert.True(error.Position is { Document: >= 1, Line: >= 1, Column: >= 1 });
                }
            },
            iter: 20_000);
    }

    private static YamlFormatException Fails(string text) => Assert.Throws<YamlFormatException>(() => YamlDocument.Parse(text, "f.yaml"));
}
