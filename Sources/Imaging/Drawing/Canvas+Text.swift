/// A line of text: its height and how bold the pen is.
public struct TextStyle: Hashable, Sendable {
    /// Height of a capital letter, in pixels.
    public var capitalHeight: Double
    public var color: Color
    /// Width of the pen in tenths of the capital's height: 1.1 is regular, 1.7 bold.
    public var weight: Double

    public init(capitalHeight: Double, color: Color, weight: Double = 1.1) {
        self.capitalHeight = capitalHeight
        self.color = color
        self.weight = weight
    }

    fileprivate var pixelsPerUnit: Double { capitalHeight / StrokeFont.capitalHeight }
}

/// Text in the built-in typeface, at any size.
extension Canvas {
    /// The width that `text` takes, in pixels.
    public static func width(of text: String, style: TextStyle) -> Double {
        text.reduce(0) { $0 + StrokeFont.advance(of: StrokeFont.glyph(for: $1), weight: style.weight) }
            * style.pixelsPerUnit
    }

    /// Draws one line of text.
    ///
    /// - Parameter baseline: the left end of the line that the letters stand on.
    public mutating func draw(_ text: String, at baseline: Point, style: TextStyle) {
        let unit = style.pixelsPerUnit
        let half = style.weight * unit / 2
        var x = baseline.x
        for character in text {
            let glyph = StrokeFont.glyph(for: character)
            let origin = x + StrokeFont.leftBearing(weight: style.weight) * unit
            let segments = glyph.strokes.flatMap { stroke in
                let points = stroke.map { Point(x: origin + $0.x * unit, y: baseline.y - $0.y * unit) }
                return zip(points, points.count > 1 ? Array(points.dropFirst()) : points).map(Segment.init)
            }
            // A dot is a point of the path, drawn with a slightly larger pen to look equally dark.
            let dotGrowth = half * 0.2
            if let bounds = segments.map(\.bounds).reduce(nil, Rect.enclosing) {
                fill(within: bounds.expanded(by: half + dotGrowth + 1), color: style.color) { x, y in
                    segments.reduce(Double.infinity) { nearest, segment in
                        let growth = segment.start == segment.end ? dotGrowth : 0
                        return min(nearest, segment.distance(x: x, y: y) - growth)
                    } - half
                }
            }
            x += StrokeFont.advance(of: glyph, weight: style.weight) * unit
        }
    }
}

extension Rect {
    /// The smallest rectangle around both.
    fileprivate static func enclosing(_ first: Rect?, _ second: Rect) -> Rect? {
        guard let first else { return second }
        return Rect(
            left: min(first.left, second.left), top: min(first.top, second.top),
            right: max(first.right, second.right), bottom: max(first.bottom, second.bottom))
    }
}
