namespace BgpLoadBalancer.Yaml.Tests;

public sealed class YamlTreeTests
{
    [Fact]
    public void Nodes_have_document_line_and_column()
    {
        var documents = YamlDocument.Parse("a: 1\n---\n# a comment\nlist:\n  - x\n  -   key: value\n", "f.yaml");

        Assert.Equal([1, 2], documents.Select(document => document.Number));
        YamlSequence list = Assert.IsType<YamlSequence>(((YamlMapping)documents[1].Root)["list"]);
        Assert.Equal(new(2, 5, 5), list.Items[0].Position);
        YamlEntry entry = Assert.Single(Assert.IsType<YamlMapping>(list.Items[1]).Entries);
        Assert.Equal(new(2, 6, 7), entry.Key.Position);
        Assert.Equal(new(2, 6, 12), entry.Value.Position);
    }

    [Theory]
    [InlineData("yes", true, YamlScalarStyle.Plain)]
    [InlineData("\"yes\"", false, YamlScalarStyle.DoubleQuoted)]
    [InlineData("'yes'", false, YamlScalarStyle.SingleQuoted)]
    [InlineData("|\n yes", false, YamlScalarStyle.Literal)]
    [InlineData(">-\n yes", false, YamlScalarStyle.Folded)]
    [InlineData("!!str yes", false, YamlScalarStyle.Plain)]
    [InlineData("! yes", false, YamlScalarStyle.Plain)]
    public void Scalars_keep_their_style(string text, bool plain, YamlScalarStyle style)
    {
        YamlScalar scalar = Assert.IsType<YamlScalar>(Root(text));

        Assert.Equal("yes", scalar.Text.Trim());
        Assert.Equal(plain, scalar.IsPlain);
        Assert.Equal(style, scalar.Style);
    }

    [Fact]
    public void Numbers_stay_text() => Assert.Equal("010", Assert.IsType<YamlScalar>(Root("010")).Text);

    [Theory]
    [InlineData("a:", true)]
    [InlineData("a: ~", true)]
    [InlineData("a: null", true)]
    [InlineData("a: !!null x", true)]
    [InlineData("a: \"\"", false)]
    [InlineData("a: 'null'", false)]
    public void Null_is_recognised(string text, bool isNull) =>
        Assert.Equal(isNull, Assert.IsType<YamlScalar>(((YamlMapping)Root(text))["a"]).IsNull);

    [Fact]
    public void No_text_is_no_document_and_an_empty_document_is_null()
    {
        Assert.Empty(YamlDocument.Parse("", "f"));
        Assert.Empty(YamlDocument.Parse("# only a comment\n", "f"));
        Assert.True(Assert.IsType<YamlScalar>(Root("---\n")).IsNull);
    }

    [Fact]
    public void Aliases_stand_for_their_anchors()
    {
        YamlMapping root = (YamlMapping)Root("a: &x [1, 2]\nb: *x\n");

        Assert.Same(root["a"], root["b"]);
    }

    [Fact]
    public void Merge_keys_are_resolved_and_own_keys_win()
    {
        YamlMapping root = (YamlMapping)Root("one: &one {a: 1, b: 1}\ntwo: &two {b: 2, c: 2}\nall:\n  <<: [*one, *two]\n  a: 0\n");

        YamlMapping all = Assert.IsType<YamlMapping>(root["all"]);
        Assert.Equal(["a=0", "b=1", "c=2"], all.Entries.Select(entry => $"{entry.Key}={entry.Value}"));
    }

    [Fact]
    public void A_quoted_merge_key_is_a_key() => Assert.NotNull(((YamlMapping)Root("'<<': {a: 1}"))["<<"]);

    private static YamlNode Root(string text) => Assert.Single(YamlDocument.Parse(text, "f.yaml")).Root;
}
