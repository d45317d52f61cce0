using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BgpLoadBalancer.Yaml;

/// <summary>Makes trees of YamlDotNet's events. Its exceptions end here.</summary>
internal sealed class TreeBuilder(string file, YamlLimits limits)
{
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private long _aliasedNodes;
    private int _number;

    public ImmutableArray<YamlDocument> Build(string text)
    {
        ImmutableArray<YamlDocument>.Builder documents = ImmutableArray.CreateBuilder<YamlDocument>();
        Scanner scanner = new(new StringReader(text), skipComments: true);
        Parser parser = new(scanner);
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is not DocumentStart) continue;
                _number++;
                _anchors.Clear();
                _aliasedNodes = 0;
                int start = (int)parser.Current.Start.Index;
                documents.Add(new(file, _number, ReadNode(parser, Next(parser), depth: 1)) { Start = start });
            }
        }
        catch (YamlException exception)
        {
            throw Error(exception.Start, Sentence(exception.Message, exception.Start, scanner.CurrentPosition), exception);
        }
        // YamlDotNet's scanner lets a few of these out on text that is no YAML at all.
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw Error(scanner.CurrentPosition, "The text is not YAML from here on; look for brackets, quotes or braces before it that are not closed.", exception);
        }

        return documents.DrainToImmutable();
    }

    private YamlNode ReadNode(Parser parser, ParsingEvent start, int depth)
    {
        if (start is AnchorAlias alias) return Resolve(alias, depth);
        // The parser's own stack is on the heap; ours is not.
        if (depth > limits.MaxDepth) throw Error(start.Start, $"Nested deeper than {limits.MaxDepth} levels, the most that is read.");
        YamlNode node = start switch
        {
            Scalar scalar => new YamlScalar(At(start.Start), Tag(scalar, YamlTags.IsForScalar), scalar.Value, Style(scalar.Style)) { Span = Span(scalar.Start, scalar.End) },
            SequenceStart sequence => ReadSequence(parser, sequence, depth),
            MappingStart mapping => ReadMapping(parser, mapping, depth),
            _ => throw Error(start.Start, "A value is expected here."),
        };
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored) _anchors[anchored.Anchor.Value] = node;
        return node;
    }

    private YamlSequence ReadSequence(Parser parser, SequenceStart start, int depth)
    {
        ImmutableArray<YamlNode>.Builder items = ImmutableArray.CreateBuilder<YamlNode>();
        for (ParsingEvent next = Next(parser); next is not SequenceEnd; next = Next(parser)) items.Add(ReadNode(parser, next, depth + 1));
        // A block ends where its last item does; the parser notices only at the next token.
        bool isFlow = start.Style == SequenceStyle.Flow;
        Range span = (int)start.Start.Index..(isFlow || items.Count == 0 ? BehindBracket(parser) : items[^1].Span.End);
        return new(At(start.Start), Tag(start, YamlTags.IsForSequence), items.DrainToImmutable()) { Span = span, IsFlow = isFlow };
    }

    private YamlMapping ReadMapping(Parser parser, MappingStart start, int depth)
    {
        MappingBuilder builder = new(this);
        int end = (int)start.Start.Index;
        for (ParsingEvent next = Next(parser); next is not MappingEnd; next = Next(parser))
        {
            if (ReadNode(parser, next, depth + 1) is not YamlScalar key)
            {
                throw Error(next.Start, "A key must be a single value, not a list or a mapping.");
            }

            YamlNode value = ReadNode(parser, Next(parser), depth + 1);
            builder.Add(key, value);
            end = Math.Max(end, value.Span.End.Value);
        }

        bool isFlow = start.Style == MappingStyle.Flow;
        Range span = (int)start.Start.Index..(isFlow ? BehindBracket(parser) : end);
        return new(At(start.Start), Tag(start, YamlTags.IsForMapping), builder.Build()) { Span = span, IsFlow = isFlow };
    }

    private YamlNode Resolve(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out YamlNode? node))
        {
            throw Error(alias.Start, $"The alias '*{alias.Value}' has no anchor '&{alias.Value}' before it in this document, or stands inside it.");
        }

        if (depth + node.Depth - 1 > limits.MaxDepth) throw Error(alias.Start, $"With the alias '*{alias.Value}' nested deeper than {limits.MaxDepth} levels, the most that is read.");
        _aliasedNodes += node.Size;
        return _aliasedNodes <= limits.MaxAliasedNodes
            ? node
            : throw Error(alias.Start, $"The aliases of this document stand for more than {limits.MaxAliasedNodes} values, the most that is read.");
    }

    private string? Tag(NodeEvent node, Func<string, bool> known)
    {
        if (node.Tag.IsEmpty) return null;
        string tag = node.Tag.IsNonSpecific ? YamlTags.NonSpecific : node.Tag.Value;
        return known(tag) ? tag : throw Error(node.Start, $"The tag '{tag}' is not known, or not for this kind of value; leave it out.");
    }

    private ParsingEvent Next(Parser parser) =>
        parser.MoveNext() ? parser.Current! : throw Error(Mark.Empty, "The text ends in the middle of a value.");

    private YamlPosition At(Mark mark) => new(Math.Max(_number, 1), (int)Math.Max(mark.Line, 1), (int)Math.Max(mark.Column, 1));

    // The end event of a mapping in braces ends before its brace, but it starts there like that of a list.
    private static int BehindBracket(Parser parser) => (int)parser.Current!.Start.Index + 1;

    private static Range Span(Mark start, Mark end) => (int)start.Index..(int)end.Index;

    private YamlFormatException Error(Mark mark, string problem, Exception? inner = null) => new(file, At(mark), problem, inner);

    public YamlFormatException Error(YamlPosition position, string problem) => new(file, position, problem);

    private static YamlScalarStyle Style(ScalarStyle style) => style switch
    {
        ScalarStyle.SingleQuoted => YamlScalarStyle.SingleQuoted,
        ScalarStyle.DoubleQuoted => YamlScalarStyle.DoubleQuoted,
        ScalarStyle.Literal => YamlScalarStyle.Literal,
        ScalarStyle.Folded => YamlScalarStyle.Folded,
        _ => YamlScalarStyle.Plain,
    };

    private static string Sentence(string message, Mark start, Mark noticed)
    {
        string sentence = message.Length == 0 ? "The text is not YAML." : $"{char.ToUpperInvariant(message[0])}{message[1..].TrimEnd('.')}.";
        return noticed.Line > start.Line ? $"{sentence} It was noticed in line {noticed.Line}." : sentence;
    }
}
