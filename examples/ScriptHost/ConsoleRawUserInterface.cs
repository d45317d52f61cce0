using System.Management.Automation.Host;

namespace BgpLoadBalancer.Quickstart;

/// <summary>Tells the engine how wide to format; the console itself is not drawn on.</summary>
internal sealed class ConsoleRawUserInterface : PSHostRawUserInterface
{
    private const int Width = 132;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize { get; set; } = new(Width, 50);

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Size MaxWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize { get; set; } = new(Width, 50);

    public override string WindowTitle { get; set; } = "";

    public override void FlushInputBuffer() => throw NotDrawn();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NotDrawn();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw NotDrawn();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NotDrawn();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NotDrawn();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NotDrawn();

    private static NotSupportedException NotDrawn() => new("This host has no console to draw on.");
}
