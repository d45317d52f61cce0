namespace BgpLoadBalancer.Yaml.Tests;

/// <summary>The characters that a node takes, by which a file is edited in place.</summary>
public sealed class YamlSpanTests
{
    private const string Text = "# c\na: 'one' # c\nb:\n- x: [1, 2] # c\n- {y: 2}\n\n# c\nc: |\n  t\n---\nd: 1\n";

    [Theory]
    [InlineData("a", "'one'")]
    [InlineData("b", "x: [1, 2] # c\n- {y: 2}")]
    [InlineData("c", "|\n  t\n")]
    public void A_value_takes_its_own_text_and_no_comment_behind_it(string key, string expected)
    {
        YamlMapping root = (YamlMapping)YamlDocument.Parse(Text, "t.yaml")[0].Root;
        string taken = Text[root[key]!.Span];
        Assert.Equal(expected, key == "b" ? taken[taken.IndexOf('x', StringComparison.Ordinal)..] : taken);
    }

    [Fact]
    public void Line_breaks_of_two_characters_count_as_two()
    {
        string text = Text.ReplaceLineEndings("\r\n");
        YamlMapping root = (YamlMapping)YamlDocument.Parse(text, "t.yaml")[0].Root;
        YamlSequence list = (YamlSequence)root["b"]!;
        Assert.Equal("{y: 2}", text[list.Items[1].Span]);
        Assert.Equal("[1, 2]", text[((YamlMapping)list.Items[0])["x"]!.Span]);
        Assert.True(((YamlMapping)list.Items[1]).IsFlow);
        Assert.False(list.IsFlow);
    }

    [Fact]
    public void A_document_starts_at_its_marker_or_its_first_token() =>
        Assert.Equal([4, Text.IndexOf("---", StringComparison.Ordinal)], YamlDocument.Parse(Text, "t.yaml").Select(document => document.Start));
}
